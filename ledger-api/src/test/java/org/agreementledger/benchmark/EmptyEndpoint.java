package org.agreementledger.benchmark;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a request costs that asks for nothing: the limit of every other one. */
@RestController
class EmptyEndpoint {

    static final String PATH = "/nothing";

    @GetMapping(PATH)
    String nothing() {
        return "";
    }
}
