package org.agreementledger.api.rebuild;

import java.net.URI;
import java.util.Optional;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.rebuild.Rebuilds;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/rebuild")
class RebuildController {

    private final Rebuilds rebuilds;

    RebuildController(LedgerNode node) {
        this.rebuilds = node.rebuilds();
    }

    @GetMapping
    RebuildAnswer newest() {
        return RebuildAnswer.of(rebuilds.status());
    }

    @PostMapping
    ResponseEntity<RebuildAnswer> begin(@RequestParam Optional<SegmentCount> segments) {
        try {
            rebuilds.start(segments.orElseGet(SegmentCount::ofAServer).count());
        } catch (Rebuilds.UnderWay e) {
            throw new Rejected(Problem.of(ProblemType.REBUILD_UNDER_WAY, e.getMessage() + "."));
        }
        return ResponseEntity.accepted()
                .location(URI.create("/v1/rebuild"))
                .body(RebuildAnswer.of(rebuilds.status()));
    }
}
