package org.agreementledger.cli;

import org.agreementledger.agreement.View;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of reads that can go back to what the ledger knew. */
final class RecordTime {

    @Option(
            names = "--known-at",
            paramLabel = "K",
            order = 101,
            description =
                    "As known at that instant, like 2026-03-01T00:00:00Z, or up to that position, like @16 (default: now).")
    @Nullable KnownAt knownAt;

    @Option(
            names = "--standing",
            paramLabel = "S",
            order = 102,
            description =
                    "confirmed, or all to count also what is only reported (default: confirmed).")
    View standing = View.CONFIRMED;

    Moment moment(LedgerNode node) {
        return node.readModels().resolve(knownAt == null ? new KnownAt.Now() : knownAt);
    }
}
