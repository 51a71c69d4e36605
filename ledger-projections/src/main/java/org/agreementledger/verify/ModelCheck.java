package org.agreementledger.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.log.Slice;
import org.agreementledger.log.Slices;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.ModelTable;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.ReadModel.Step;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds the read models of some agreements at a time from their events, by the projections
 * themselves, in a database of its own, and compares the two row by row and column by column: law 2
 * says that they are equal, ids included.
 */
final class ModelCheck {

    /** Of more than one agreement together. */
    private static final int ENTRIES_PER_SLICE = 1_000;

    private static final int BATCH = 500;
    private static final int OUTSIDERS_SHOWN = 10;

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final Scratch scratch;
    private final List<ReadModel> models;
    private final long through;
    private final Later later;
    private final Differences found;
    private final LongConsumer done;
    private final Runnable rest;
    private long folded;
    private long agreements;
    private long rows;

    /**
     * @param models that write into {@code scratch}
     * @param through the last position that is compared
     * @param done told the number of entries folded so far
     * @param rest called between slices
     */
    ModelCheck(
            JdbcClient jdbc,
            TransactionTemplate reading,
            Scratch scratch,
            List<ReadModel> models,
            long through,
            Later later,
            Differences found,
            LongConsumer done,
            Runnable rest) {
        this.jdbc = jdbc;
        this.reading = reading;
        this.scratch = scratch;
        this.models = models;
        this.through = through;
        this.later = later;
        this.found = found;
        this.done = done;
        this.rest = rest;
    }

    /** Entries of the log cannot be folded: one is missing, or cannot be read. */
    private static final class Unfoldable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Difference difference;

        Unfoldable(Difference difference) {
            super(difference.sentence());
            this.difference = difference;
        }
    }

    void all() {
        Slices slices = new Slices(jdbc, ENTRIES_PER_SLICE);
        for (Optional<Slice> next = slices.next(); next.isPresent(); next = slices.next()) {
            check(next.get());
            rest.run();
        }
        outsiders();
    }

    void only(AgreementId agreementId) {
        check(Slice.of(agreementId));
    }

    /** Where one agreement cannot be folded, the others of its slice still are. */
    private void check(Slice slice) {
        Optional<Difference> unfoldable = attempt(slice);
        if (unfoldable.isPresent()) {
            List<String> ids = ids(slice);
            if (ids.size() <= 1) {
                found.add(unfoldable.get());
            } else {
                ids.forEach(id -> check(Slice.of(id)));
            }
        }
    }

    private Optional<Difference> attempt(Slice slice) {
        long foldedBefore = folded;
        long agreementsBefore = agreements;
        try {
            build(slice);
            tables().forEach(table -> compare(table, slice));
            return Optional.empty();
        } catch (Unfoldable e) {
            folded = foldedBefore;
            agreements = agreementsBefore;
            return Optional.of(e.difference);
        } finally {
            models.forEach(ReadModel::discard);
            tables().forEach(this::empty);
        }
    }

    private void empty(ModelTable table) {
        scratch.jdbc().getJdbcOperations().execute("truncate table " + table.name());
    }

    private List<String> ids(Slice slice) {
        return jdbc.sql(
                        "select distinct agreement_id from log_entry where "
                                + slice.where("agreement_id"))
                .params(slice.params())
                .query(String.class)
                .list();
    }

    private Stream<ModelTable> tables() {
        return models.stream().flatMap(model -> model.tables().stream());
    }

    private void build(Slice slice) {
        Folding folding = new Folding();
        reading.executeWithoutResult(_ -> {
            try (Stream<StoredEntry> entries =
                    jdbc
                            .sql(
                                    "select "
                                            + StoredEntry.COLUMNS
                                            + """
                                            from log_entry l
                                            left join domain_event_entry e
                                              on e.event_identifier = l.event_id
                                            where\s\
                                            """
                                            + slice.where("l.agreement_id")
                                            + " order by l.agreement_id, l.sequence")
                            .withFetchSize(BATCH)
                            .params(slice.params())
                            .query(StoredEntry::read)
                            .stream()) {
                // A condition on the position would tempt the database to go through the whole log.
                entries.filter(entry -> entry.position() <= through).forEach(folding::add);
            }
        });
        folding.flush();
    }

    /** One agreement after the other, each in the order of its sequences. */
    private final class Folding {
        private final TransactionTemplate writing = new TransactionTemplate(scratch.transactions());
        private AgreementFold fold = AgreementFold.EMPTY;
        private String agreementId = "";
        private long position = -1;
        private int unwritten;

        void add(StoredEntry entry) {
            if (!entry.agreementId().equals(agreementId)) {
                agreementId = entry.agreementId();
                fold = AgreementFold.EMPTY;
                position = -1;
                agreements++;
            }
            require("sequence", entry, fold.history().size() + 1, entry.sequence());
            if (entry.position() <= position) {
                throw new Unfoldable(
                        Difference.of(
                                "log_entry",
                                name(entry),
                                "position",
                                "after " + position,
                                entry.position()));
            }
            position = entry.position();
            AgreementFold before = fold;
            Step step = step(entry, before);
            fold = step.after();
            models.forEach(model -> model.apply(step));
            folded++;
            if (++unwritten == BATCH) {
                flush();
            }
        }

        private void require(String field, StoredEntry entry, long expected, long there) {
            if (expected != there) {
                throw new Unfoldable(
                        Difference.of("log_entry", name(entry), field, expected, there));
            }
        }

        private String name(StoredEntry entry) {
            return "position %d (%s)".formatted(entry.position(), entry.agreementId());
        }

        private Step step(StoredEntry entry, AgreementFold before) {
            try {
                AgreementEvent event = entry.readEvent();
                return new Step(
                        entry.log(), event, before, before.with(event.entry(), entry.position()));
            } catch (RuntimeException e) {
                throw new Unfoldable(
                        Difference.of(
                                "domain_event_entry",
                                entry.eventId(),
                                "payload",
                                "what can be folded after entry " + before.history().size(),
                                e.getMessage()));
            }
        }

        void flush() {
            writing.executeWithoutResult(_ -> models.forEach(ReadModel::flush));
            unwritten = 0;
            done.accept(folded);
        }
    }

    private void compare(ModelTable table, Slice slice) {
        reading.executeWithoutResult(_ -> {
            try (var should = rows(table, JdbcClient.create(scratch.jdbc()), Optional.empty());
                    var are = rows(table, jdbc, Optional.of(slice))) {
                rows += new TableComparison(table, later, found).compare(should, are);
            }
        });
    }

    /**
     * @param slice empty for all rows
     */
    private static Stream<TableComparison.Row> rows(
            ModelTable table, JdbcClient from, Optional<Slice> slice) {
        String select =
                "select t.* from "
                        + slice.map(some -> from(table, some)).orElse(table.name() + " t")
                        + " order by t."
                        + table.startedBy();
        return from
                .sql(select)
                .withFetchSize(BATCH)
                .params(slice.map(Slice::params).orElse(Map.of()))
                .query((row, _) -> TableComparison.read(table, row))
                .stream();
    }

    private static String from(ModelTable table, Slice slice) {
        if (table.namesAgreement()) {
            return table.name() + " t where " + slice.where("t.agreement_id");
        }
        return """
        log_entry l
        join %s t on t.%s >= l.position * %d and t.%2$s < (l.position + 1) * %3$d
        where\s\
        """
                        .formatted(table.name(), table.startedBy(), table.numbersPerEntry())
                + slice.where("l.agreement_id");
    }

    /** Rows that no entry can have brought, in tables where they are only found by entry. */
    private void outsiders() {
        tables().filter(table -> !table.namesAgreement()).forEach(this::outsiders);
    }

    private void outsiders(ModelTable table) {
        for (String beyond : List.of("t.%2$s < 0", "t.%2$s >= :end")) {
            jdbc
                    .sql(
                            ("select t.* from %s t where "
                                            + beyond
                                            + " order by t.%2$s desc limit %3$d")
                                    .formatted(table.name(), table.startedBy(), OUTSIDERS_SHOWN))
                    .param("end", (through + 1) * table.numbersPerEntry())
                    .query((row, _) -> TableComparison.read(table, row))
                    .list()
                    .stream()
                    .filter(row -> !later.is(table.position(row.start())))
                    .forEach(row ->
                            found.add(
                                    Difference.tooMany(
                                            table.name(),
                                            table.startedBy() + " " + row.start(),
                                            row.columns())));
        }
    }

    long agreements() {
        return agreements;
    }

    long through() {
        return through;
    }

    /** How many rows there should be, and were looked for. */
    long rows() {
        return rows;
    }
}
