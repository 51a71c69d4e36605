package org.agreementledger.api.backup;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.node.Backups;
import org.agreementledger.node.LedgerNode;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Backs up the embedded database while it is served. Not a read: it holds the secrets of webhooks,
 * which no page from elsewhere may see, not even where such pages read all the rest.
 */
@RestController
class BackupController {

    static final String TYPE = "application/zip";

    private final LedgerNode node;

    BackupController(LedgerNode node) {
        this.node = node;
    }

    /** Written as it is read: there may be no room here to keep it. */
    @PostMapping(path = "/v1/backup", produces = TYPE)
    void take(HttpServletResponse response) throws IOException, InterruptedException {
        Backups backups =
                node.backups()
                        .orElseThrow(() ->
                                new Rejected(
                                        Problem.of(
                                                ProblemType.NOT_EMBEDDED,
                                                "The ledger is in a PostgreSQL database; back that up with pg_dump, or with a base backup and its write-ahead log.")));
        try (Backups.Taken taken = backups.take()) {
            response.setContentType(TYPE);
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"ledger-backup.zip\"");
            taken.writeTo(response.getOutputStream());
        }
    }
}
