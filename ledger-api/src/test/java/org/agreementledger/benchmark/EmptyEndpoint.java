package org.agreementledger.benchmark;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a request costs that asks for nothing: the limit of every other one. */
@RestController
class EmptyEndpoint {

    /** Among the scripts, whose door is open: what no door table names is not there. */
    static final String PATH = "/dashboard/nothing";

    @GetMapping(PATH)
    String nothing() {
        return "";
    }
}
