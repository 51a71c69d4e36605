package org.agreementledger.api.csv;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Entries as rows: flat, and named as in JSON. Several keys in one cell are apart by blanks. */
public final class EntryColumns {

    public static final Columns<EntryAnswer> ALL =
            new Columns<EntryAnswer>()
                    .with("position", EntryAnswer::position)
                    .with("agreementId", EntryAnswer::agreementId)
                    .with("sequence", EntryAnswer::sequence)
                    .with("kind", EntryAnswer::kind)
                    .with("occurredOn", EntryAnswer::occurredOn)
                    .with("title", EntryAnswer::title)
                    .with("summary", entry -> entry.entry().get("summary"))
                    .with("standing", EntryAnswer::standing)
                    .with("recordedAt", EntryColumns::recordedAt)
                    .with("recordedBy", EntryColumns::recordedBy)
                    .with("effect", entry -> entry.effect().sum())
                    .with("introduced", entry -> keys(entry.effect().introduced()))
                    .with("changed", entry -> keys(entry.effect().changed()))
                    .with("retired", entry -> keys(entry.effect().retired()))
                    .with("disclosed", entry -> keys(entry.effect().disclosed()))
                    .with("corrected", entry -> keys(entry.effect().corrected()))
                    .with("partiesChanged", entry -> entry.effect().partiesChanged())
                    .with("verdicts", EntryColumns::verdicts)
                    .with("fingerprintBefore", EntryAnswer::fingerprintBefore)
                    .with("fingerprintAfter", EntryAnswer::fingerprintAfter)
                    .with("correctedBy", EntryAnswer::correctedBy)
                    .with("withdrawnBy", EntryAnswer::withdrawnBy)
                    .with("confirmedBy", EntryAnswer::confirmedBy)
                    .with("ref", entry -> entry.entry().get("ref"))
                    .with("sources", EntryColumns::sources)
                    .with("eventId", EntryAnswer::eventId)
                    .with("matches", EntryColumns::matches);

    private EntryColumns() {}

    private static @Nullable String recordedAt(EntryAnswer entry) {
        return entry.recordedAt() == null ? null : Rfc3339.text(entry.recordedAt());
    }

    private static @Nullable String recordedBy(EntryAnswer entry) {
        return entry.recordedBy() == null ? null : entry.recordedBy().id();
    }

    private static String keys(List<String> keys) {
        return String.join(" ", keys);
    }

    private static String verdicts(EntryAnswer entry) {
        return entry.verdicts().stream()
                .map(verdict -> verdict.key() + "=" + verdict.verdict())
                .collect(Collectors.joining(" "));
    }

    /** The address of each source, or its title where it has none. */
    private static String sources(EntryAnswer entry) {
        return entry.entry().get("sources") instanceof List<?> sources
                ? sources.stream()
                        .map(source -> (Map<?, ?>) source)
                        .map(source ->
                                source.containsKey("url") ? source.get("url") : source.get("title"))
                        .map(String::valueOf)
                        .collect(Collectors.joining("; "))
                : "";
    }

    /** The fragments, each word that was looked for between asterisks. */
    private static String matches(EntryAnswer entry) {
        return Stream.ofNullable(entry.matches())
                .flatMap(List::stream)
                .map(fragment ->
                        fragment.parts().stream()
                                .map(part -> part.hit() ? "*" + part.text() + "*" : part.text())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" … "));
    }
}
