package org.agreementledger.bundle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Fold;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.View;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Digest;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Timeline.Segment;
import org.agreementledger.time.Validity;

/** The terms that follow from the entries, a line for each agreement and view. */
final class Claims {

    private final Map<AgreementId, List<Entry>> entries = new TreeMap<>();

    /** In the order of the log. */
    void add(Entry entry) {
        entries.computeIfAbsent(entry.header().agreementId(), _ -> new ArrayList<>()).add(entry);
    }

    /** How many agreements were named. */
    int agreements() {
        return entries.size();
    }

    /**
     * @throws Mismatch when the entries cannot be folded
     */
    List<String> lines(LocalDate validOn) {
        List<String> lines = new ArrayList<>();
        entries.forEach((id, recorded) -> {
            try {
                History history = History.of(recorded);
                lines.add(line(id, history, View.ALL, validOn));
                lines.add(line(id, history, View.CONFIRMED, validOn));
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new Mismatch(
                        Part.ENTRIES.file(),
                        "the entries of %s have no fold: %s".formatted(id, e.getMessage()));
            }
        });
        return lines;
    }

    /** RFC 8785, like everything that is digested. */
    private static String line(AgreementId id, History history, View view, LocalDate validOn) {
        Fold fold = history.fold(view);
        String terms = fold.fingerprinted(validOn);
        return "{\"agreementId\":%s,\"fingerprint\":\"sha256:%s\",\"sequence\":%d,\"standing\":\"%s\",\"terms\":%s,\"turns\":%s,\"validOn\":\"%s\"}"
                .formatted(
                        CanonicalBytes.text(id.value()),
                        Digest.sha256Hex(terms),
                        history.size(),
                        view.slug(),
                        terms,
                        CanonicalBytes.text(turns(fold)),
                        validOn);
    }

    /** The days from which on the fingerprint is another one than before. */
    private static List<Map<String, String>> turns(Fold fold) {
        List<Map<String, String>> turns = new ArrayList<>();
        String before = fold.fingerprint(Validity.ALWAYS).toString();
        for (LocalDate day : days(fold)) {
            String fingerprint = fold.fingerprint(day).toString();
            if (!Objects.equals(before, fingerprint)) {
                turns.add(Map.of("fingerprint", fingerprint, "from", day.toString()));
            }
            before = fingerprint;
        }
        return turns;
    }

    private static SortedSet<LocalDate> days(Fold fold) {
        Terms terms = fold.terms();
        SortedSet<LocalDate> days = new TreeSet<>(fold.parties().breaks());
        for (TermKey key : terms.keys()) {
            for (Segment<?> segment : terms.timeline(key).segments()) {
                days.add(segment.from());
                days.add(segment.to());
            }
        }
        days.remove(Validity.FOREVER);
        return days;
    }
}
