package org.agreementledger.verify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.RecordedBy;
import org.agreementledger.log.EntryDigest;
import org.agreementledger.log.Leaf;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.readmodels.Json;
import org.agreementledger.verify.StoredEntry.StoredEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the three records of an entry against each other: its event, its row in the log and its
 * leaf. Where two of them differ, the tree says which one was altered.
 */
final class EntryCheck {

    private static final String EVENTS = "domain_event_entry";
    private static final String LOG = "log_entry";
    private static final String LEAVES = "log_leaf";

    private static final String ORIGIN = "importedFrom";

    /** What a leaf says, in columns of the log. */
    private static final Map<String, String> COLUMNS =
            Map.of(
                    "agreementId",
                    "agreement_id",
                    "sequence",
                    "sequence",
                    "position",
                    "position",
                    "eventId",
                    "event_id",
                    "kind",
                    "kind",
                    "recordedAt",
                    "recorded_at",
                    "recordedBy.id",
                    "recorded_by",
                    "recordedBy.issuer",
                    "recorded_by_issuer",
                    "entryDigest",
                    "entry_digest",
                    ORIGIN,
                    "imported_from");

    private final JdbcClient jdbc;
    private final Differences found;
    private Instant notBefore = Instant.MIN;

    EntryCheck(JdbcClient jdbc, Differences found) {
        this.jdbc = jdbc;
        this.found = found;
    }

    /**
     * Entries come in the order of their positions.
     *
     * @param leaf null where it is missing, which is told already
     * @param isInTree whether the tree holds that leaf at that position
     * @return the leaf to go on with: the one in the tree, if there is one
     */
    @Nullable Leaf check(StoredEntry entry, @Nullable Leaf leaf, Predicate<Leaf> isInTree) {
        String row = name(entry);
        if (entry.recordedAt().isBefore(notBefore)) {
            found.add(
                    Difference.of(
                            LOG,
                            row,
                            "recorded_at",
                            "not before " + notBefore,
                            entry.recordedAt()));
        }
        notBefore = entry.recordedAt();
        Optional<Leaf> logged = leaf(entry);
        Leaf held =
                leaf == null
                                || logged.isPresent()
                                        && !isInTree.test(leaf)
                                        && isInTree.test(logged.get())
                        ? logged.orElse(null)
                        : leaf;
        Map<String, String> said = held == null ? Map.of() : said(held);
        if (leaf != null && held != null && !leaf.text().equals(held.text())) {
            compareLeaf(leaf, said);
        }
        if (held != null && logged.isPresent() && !logged.get().text().equals(held.text())) {
            compareLog(row, said, said(logged.get()), held);
        }
        if (said.getOrDefault("eventId", entry.eventId()).equals(entry.eventId())) {
            compareEvent(entry, row, said);
        }
        return held;
    }

    private static String name(StoredEntry entry) {
        return "position %d (%s, entry %d)"
                .formatted(entry.position(), entry.agreementId(), entry.sequence());
    }

    private Optional<Leaf> leaf(StoredEntry entry) {
        try {
            return Optional.of(Leaf.of(entry.log()));
        } catch (IllegalArgumentException e) {
            found.add(
                    Difference.of(
                            LOG,
                            name(entry),
                            "row",
                            "what can be said of an entry",
                            e.getMessage()));
            return Optional.empty();
        }
    }

    /** The members of a leaf as texts, those of {@code recordedBy} by themselves. */
    private static Map<String, String> said(Leaf leaf) {
        try {
            return flat(Json.object(leaf.text()));
        } catch (RuntimeException e) {
            return Map.of("leaf", leaf.text());
        }
    }

    private static Map<String, String> flat(Map<String, Object> tree) {
        Map<String, String> flat = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> object && !name.equals(ORIGIN)) {
                object.forEach((inner, text) -> flat.put(name + "." + inner, String.valueOf(text)));
            } else {
                flat.put(name, value instanceof String text ? text : CanonicalBytes.text(value));
            }
        });
        return flat;
    }

    private void compareLeaf(Leaf leaf, Map<String, String> expected) {
        String row = "position " + leaf.position();
        long before = found.count();
        Map<String, String> there = said(leaf);
        expected.forEach((name, value) ->
                found.compare(LEAVES, row, "leaf: " + name, value, there.get(name)));
        if (found.count() == before) {
            found.add(Difference.of(LEAVES, row, "leaf", "canonical JSON", leaf.text()));
        }
    }

    private void compareLog(
            String row, Map<String, String> expected, Map<String, String> there, Leaf held) {
        long before = found.count();
        COLUMNS.forEach((name, column) ->
                found.compare(LOG, row, column, expected.get(name), there.get(name)));
        if (found.count() == before) {
            found.add(
                    Difference.of(
                            LEAVES,
                            "position " + held.position(),
                            "leaf",
                            "canonical JSON of what the log says",
                            held.text()));
        }
    }

    private void compareEvent(StoredEntry entry, String row, Map<String, String> said) {
        StoredEvent event = entry.event();
        String name =
                "event %s (%s, entry %d)"
                        .formatted(entry.eventId(), entry.agreementId(), entry.sequence());
        if (event == null) {
            found.add(Difference.missing(EVENTS, name));
            return;
        }
        String agreementId = said.getOrDefault("agreementId", entry.agreementId());
        String sequence = said.getOrDefault("sequence", "" + entry.sequence());
        found.compare(EVENTS, name, "aggregate_identifier", agreementId, event.agreementId());
        found.compare(EVENTS, name, "sequence_number", sequence, "" + (event.sequenceNumber() + 1));
        found.compare(EVENTS, name, "type", EventText.AGGREGATE, event.type());
        found.compare(
                EVENTS, name, "payload_revision", EventText.REVISION, event.payloadRevision());
        compareMetadata(event, name, said);
        try {
            AgreementEvent read = entry.readEvent();
            found.compare(EVENTS, name, "payload: sequence", sequence, "" + read.sequence());
            found.compare(
                    EVENTS, name, "payload: agreementId", agreementId, read.agreementId().value());
            found.compare(
                    EVENTS,
                    name,
                    "payload: kind",
                    said.getOrDefault("kind", entry.kind()),
                    read.entry().kind().slug());
            compareDigest(entry, read, row, name, said);
        } catch (RuntimeException e) {
            found.add(
                    Difference.of(
                            EVENTS, name, "payload", "an event that can be read", e.getMessage()));
        }
    }

    private void compareMetadata(StoredEvent event, String name, Map<String, String> said) {
        if (said.isEmpty()) {
            return;
        }
        try {
            Actor by = RecordedBy.read(event.metadata());
            ImportedFrom from = RecordedBy.readFrom(event.metadata());
            compareSaid(name, "recordedBy.id", said, by.id());
            compareSaid(name, "recordedBy.issuer", said, by.issuer());
            if (from != null || said.containsKey(ORIGIN)) {
                compareSaid(
                        name,
                        ORIGIN,
                        said,
                        from == null ? "none" : flat(Map.of(ORIGIN, from.tree())).get(ORIGIN));
            }
        } catch (RuntimeException e) {
            found.add(Difference.of(EVENTS, name, "meta_data", "what can be read", e.getMessage()));
        }
    }

    private void compareSaid(
            String name, String member, Map<String, String> said, @Nullable String there) {
        found.compare(
                EVENTS, name, "meta_data: " + member, said.getOrDefault(member, "none"), there);
    }

    /** A salt that was altered is told by the one that the read models keep. */
    private void compareDigest(
            StoredEntry entry,
            AgreementEvent read,
            String row,
            String name,
            Map<String, String> said) {
        String expected = said.getOrDefault("entryDigest", entry.entryDigest());
        String digest = EntryDigest.of(read.entry(), entry.salt());
        if (digest.equals(expected)) {
            return;
        }
        Optional<String> salt =
                keptSalt(entry.position())
                        .filter(kept -> EntryDigest.of(read.entry(), kept).equals(expected));
        if (salt.isPresent()) {
            found.compare(LOG, row, "salt", salt.get(), entry.salt());
        } else {
            found.compare(EVENTS, name, "payload: digest with its salt", expected, digest);
        }
    }

    private Optional<String> keptSalt(long position) {
        return jdbc.sql("select salt from entry where position = :position")
                .param("position", position)
                .query(String.class)
                .optional();
    }
}
