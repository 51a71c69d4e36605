package org.agreementledger.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.ModelTables;

/**
 * Somebody with all rights on the database, who goes past its guards, and puts everything back when
 * asked.
 */
final class Forger {

    private static final List<String> GUARDED =
            List.of(
                    "domain_event_entry",
                    "log_entry",
                    "log_key",
                    "log_leaf",
                    "log_node",
                    "log_checkpoint");

    private static final List<String> TABLES =
            Stream.of(GUARDED, List.of("read_model"), ModelTables.NAMES)
                    .flatMap(List::stream)
                    .toList();

    private final LedgerNode node;
    private final boolean isH2;

    Forger(LedgerNode node) {
        this.node = node;
        this.isH2 = node.database().settings().url().startsWith("jdbc:h2:");
        for (String table : TABLES) {
            run("create table kept_%1$s as select * from %1$s".formatted(table));
        }
    }

    private void run(String... statements) {
        try (Connection connection = node.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            run(statement, List.of(statements));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Statement statement, List<String> all) throws SQLException {
        for (String sql : all) {
            statement.execute(sql);
        }
    }

    void forge(String... statements) {
        try (Connection connection = node.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            run(statement, without());
            try {
                run(statement, List.of(statements));
            } finally {
                run(statement, guarded());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void putBack() {
        forge(
                TABLES.stream()
                        .flatMap(table ->
                                Stream.of(
                                        "delete from " + table,
                                        "insert into %1$s select * from kept_%1$s"
                                                .formatted(table)))
                        .toArray(String[]::new));
    }

    private List<String> without() {
        if (!isH2) {
            return List.of("set session_replication_role = replica");
        }
        return Stream.concat(
                        Stream.of("set referential_integrity false"),
                        GUARDED.stream().map("drop trigger %s_append_only"::formatted))
                .toList();
    }

    private List<String> guarded() {
        if (!isH2) {
            return List.of("set session_replication_role = origin");
        }
        return Stream.concat(
                        Stream.of("set referential_integrity true"),
                        GUARDED.stream()
                                .map(
                                        "create trigger %1$s_append_only before update, delete on %1$s for each row call 'org.agreementledger.log.AppendOnly'"
                                                ::formatted))
                .toList();
    }
}
