package org.agreementledger.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.log.Inclusion;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Goes through events, log, leaves, tree and checkpoints by position, some at a time. */
final class LogCheck {

    private static final int SLICE = 1_000;

    /** Only identifiers are read. */
    private static final int EVENTS_SLICE = 5_000;

    private static final Duration POLL = Duration.ofMillis(100);

    private final JdbcClient jdbc;
    private final Log log;
    private final LogTree tree;
    private final TreeCheck treeCheck;
    private final EntryCheck entryCheck;
    private final Differences found;
    private final LongConsumer done;
    private final Runnable rest;
    private long entries;

    /**
     * @param done told the number of entries looked at so far
     * @param rest called between slices
     */
    LogCheck(
            JdbcClient jdbc,
            Log log,
            LogTree tree,
            Optional<VerifierKey> key,
            Differences found,
            LongConsumer done,
            Runnable rest) {
        this.jdbc = jdbc;
        this.log = log;
        this.tree = tree;
        this.treeCheck = new TreeCheck(tree, key, found);
        this.entryCheck = new EntryCheck(jdbc, found);
        this.found = found;
        this.done = done;
        this.rest = rest;
    }

    TreeCheck tree() {
        return treeCheck;
    }

    long entries() {
        return entries;
    }

    /**
     * @param through the newest position when it began
     * @param signed the size of the newest checkpoint a little before that
     * @param leaves how many there were then
     * @param isCopy whether entries after the newest checkpoint are as they should be
     */
    void all(long through, long signed, long leaves, boolean isCopy) {
        long end = Math.max(through + 1, Math.max(signed, leaves));
        boolean hasTree = tree.size() > 0 || signed > 0;
        treeCheck.read(0);
        for (long from = 0; from < end; from += SLICE) {
            check(from, Math.min(end, from + SLICE), hasTree);
            rest.run();
        }
        if (signed > treeCheck.size()) {
            found.add(
                    Difference.of(
                            "log_checkpoint",
                            "size " + signed,
                            "row",
                            "a tree of " + signed + " leaves",
                            "one of " + treeCheck.size() + ": entries were cut off"));
        }
        long signedSince = tree.checkpoint().map(StoredCheckpoint::size).orElse(0L);
        if (through + 1 > signedSince && !isCopy) {
            found.add(
                    Difference.of(
                            "log_checkpoint",
                            "the newest",
                            "size",
                            through + 1,
                            hasTree ? signedSince : "none: nothing was signed"));
        }
    }

    private void check(long from, long to, boolean hasTree) {
        Map<Long, StoredEntry> logged = new HashMap<>();
        logged(from, to).forEach(entry -> logged.put(entry.position(), entry));
        Map<Long, Leaf> leaves = new HashMap<>();
        if (hasTree) {
            tree.storedLeaves(from, (int) (to - from)).stream()
                    .filter(leaf -> leaf.position() < to)
                    .forEach(leaf -> leaves.put(leaf.position(), leaf));
            treeCheck.read(to);
        }
        for (long position = from; position < to; position++) {
            check(position, logged.get(position), leaves.get(position), hasTree);
        }
        done.accept(entries);
    }

    private void check(
            long position, @Nullable StoredEntry entry, @Nullable Leaf leaf, boolean hasTree) {
        if (hasTree && leaf == null) {
            found.add(Difference.missing("log_leaf", "position " + position));
        }
        Leaf held = leaf;
        if (entry == null) {
            found.add(Difference.missing("log_entry", "position " + position));
        } else {
            entries++;
            held = entryCheck.check(entry, leaf, treeCheck::holds);
        }
        if (hasTree && held != null && treeCheck.size() == position) {
            treeCheck.append(held.hash());
        }
    }

    private List<StoredEntry> logged(long from, long to) {
        return jdbc.sql(
                        "select "
                                + StoredEntry.COLUMNS
                                + """
                                from log_entry l
                                left join domain_event_entry e on e.event_identifier = l.event_id
                                where l.position >= :from and l.position < :to
                                """)
                .param("from", from)
                .param("to", to)
                .query(StoredEntry::read)
                .list();
    }

    /**
     * The same for one agreement: that its leaves are in the tree is proved one by one.
     *
     * @param signed the size of the newest checkpoint
     */
    void only(AgreementId agreementId, long through, long signed) {
        int sequence = 0;
        for (List<StoredEntry> some = logged(agreementId, sequence, through);
                !some.isEmpty();
                some = logged(agreementId, sequence, through)) {
            for (StoredEntry entry : some) {
                entries++;
                sequence = entry.sequence();
                checkProven(entry, signed);
            }
            done.accept(entries);
            rest.run();
        }
    }

    private void checkProven(StoredEntry entry, long size) {
        long position = entry.position();
        Leaf leaf =
                tree.storedLeaves(position, 1).stream()
                        .filter(it -> it.position() == position)
                        .findFirst()
                        .orElse(null);
        if (leaf == null) {
            found.add(Difference.missing("log_leaf", "position " + position));
        }
        Optional<Inclusion> inclusion = Optional.empty();
        try {
            inclusion = Optional.of(tree.inclusion(position, size));
        } catch (TreeMismatch | IllegalArgumentException e) {
            found.add(
                    Difference.of(
                            "log_node",
                            "those of position " + position,
                            "hash",
                            "proof that the leaf is in the tree of " + size + " leaves",
                            e.getMessage()));
        }
        Optional<Inclusion> proof = inclusion;
        entryCheck.check(
                entry, leaf, it -> proof.filter(of -> of.leafHash().equals(it.hash())).isPresent());
    }

    private List<StoredEntry> logged(AgreementId agreementId, int after, long through) {
        return jdbc.sql(
                        "select "
                                + StoredEntry.COLUMNS
                                + """
                                from log_entry l
                                left join domain_event_entry e on e.event_identifier = l.event_id
                                where l.agreement_id = :agreementId
                                  and l.sequence > :after
                                  and l.position <= :through
                                order by l.agreement_id, l.sequence
                                limit :limit
                                """)
                .param("agreementId", agreementId.value())
                .param("after", after)
                .param("through", through)
                .param("limit", SLICE)
                .query(StoredEntry::read)
                .list();
    }

    private record Stored(
            long index, String eventId, String agreementId, long sequence, boolean logged) {

        String name() {
            return "event %s (%s, entry %d)".formatted(eventId, agreementId, sequence);
        }
    }

    /**
     * Events that have no place in the log.
     *
     * @param agreementId null for all
     * @param patience how long one may take that was stored a moment ago
     */
    void unlogged(@Nullable AgreementId agreementId, Duration patience)
            throws InterruptedException {
        long last =
                jdbc.sql("select coalesce(max(global_index), -1) from domain_event_entry")
                        .query(Long.class)
                        .single();
        List<Stored> unlogged = new ArrayList<>();
        for (List<Stored> some = stored(agreementId, Long.MIN_VALUE, last);
                !some.isEmpty();
                some = stored(agreementId, some.getLast().index(), last)) {
            some.stream().filter(event -> !event.logged()).forEach(unlogged::add);
            rest.run();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        unlogged.removeIf(this::isLogged);
        while (!unlogged.isEmpty() && System.nanoTime() < deadline) {
            log.awaitBeyond(log.newest(), POLL);
            unlogged.removeIf(this::isLogged);
        }
        unlogged.forEach(event ->
                found.add(
                        Difference.tooMany(
                                "domain_event_entry",
                                event.name(),
                                "an event without a place in the log")));
    }

    private boolean isLogged(Stored event) {
        return log.positionOf(event.eventId()).isPresent();
    }

    private List<Stored> stored(@Nullable AgreementId agreementId, long after, long last) {
        return jdbc.sql(
                        """
                        select e.global_index, e.event_identifier, e.aggregate_identifier,
                          e.sequence_number, l.position is not null as logged
                        from domain_event_entry e
                        left join log_entry l on l.event_id = e.event_identifier
                        where e.global_index > :after and e.global_index <= :last
                          and %s
                        order by e.global_index
                        limit :limit
                        """
                                .formatted(
                                        agreementId == null
                                                ? "e.aggregate_identifier is not null"
                                                : "e.aggregate_identifier = :agreementId"))
                .param("after", after)
                .param("last", last)
                .param("limit", EVENTS_SLICE)
                .params(agreementId == null ? Map.of() : Map.of("agreementId", agreementId.value()))
                .query((row, _) ->
                        new Stored(
                                row.getLong("global_index"),
                                row.getString("event_identifier"),
                                row.getString("aggregate_identifier"),
                                row.getLong("sequence_number") + 1,
                                row.getBoolean("logged")))
                .list();
    }
}
