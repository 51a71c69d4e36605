package org.agreementledger.node;

import java.util.List;

/** Somebody who owns the database goes past its guards. */
public final class Tampering {

    private static final List<String> GUARDED =
            List.of(
                    "domain_event_entry",
                    "log_entry",
                    "log_leaf",
                    "log_node",
                    "log_checkpoint",
                    "log_key");

    private Tampering() {}

    /** From then on every row of the ledger can be altered. */
    public static void dropGuards(Database database) {
        for (String table : GUARDED) {
            String on = database.settings().isEmbedded() ? "" : " on " + table;
            database.jdbc().sql("drop trigger " + table + "_append_only" + on).update();
        }
        for (String constraint : List.of("follows", "leaf", "node", "place")) {
            database.jdbc()
                    .sql("alter table log_checkpoint drop constraint log_checkpoint_" + constraint)
                    .update();
        }
    }

    /** Returns how many rows it altered. */
    public static int edit(Database database, String sql) {
        return database.jdbc().sql(sql).update();
    }
}
