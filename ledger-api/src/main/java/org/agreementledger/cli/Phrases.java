package org.agreementledger.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Party;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.entries.EntryAnswer.EffectAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.jspecify.annotations.Nullable;

/** How answers are put into words, the same in every table. */
final class Phrases {

    private static final int SEQUENCES_SHOWN_MAX = 6;

    private Phrases() {}

    static String count(long number, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d", number) + " " + (number == 1 ? singular : plural);
    }

    static String parties(List<Party> parties) {
        return parties.stream().map(Party::name).collect(Collectors.joining(", "));
    }

    static String view(String standing) {
        return standing.equals("all") ? "confirmed and reported entries" : "confirmed entries";
    }

    /** Of entries: the first and the last ones of many. */
    static String sequences(List<Integer> sequences) {
        if (sequences.size() <= SEQUENCES_SHOWN_MAX) {
            return joined(sequences);
        }
        int shown = SEQUENCES_SHOWN_MAX / 2;
        return joined(sequences.subList(0, shown))
                + " … "
                + joined(sequences.subList(sequences.size() - shown, sequences.size()));
    }

    private static String joined(List<Integer> sequences) {
        return sequences.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static String link(EntryLink link) {
        return "entry %s, %s %s: %s"
                .formatted(link.sequence(), link.occurredOn(), link.kind(), link.title());
    }

    static String days(@Nullable Object from, @Nullable Object to) {
        return from + " → " + (to == null ? "…" : to);
    }

    /** What an entry did: each of the words with its keys. */
    static Text effect(EffectAnswer effect) {
        List<Text> parts = new ArrayList<>();
        add(parts, "introduced", Style.BAD, effect.introduced());
        add(parts, "changed", Style.BAD, effect.changed());
        add(parts, "retired", Style.BAD, effect.retired());
        if (effect.partiesChanged()) {
            parts.add(Text.of("parties changed", Style.BAD));
        }
        add(parts, "corrected", Style.DOUBTFUL, effect.corrected());
        add(parts, "disclosed", Style.TOLD, effect.disclosed());
        return parts.isEmpty() ? Text.of("terms unchanged", Style.GOOD) : Text.join(" · ", parts);
    }

    private static void add(List<Text> parts, String word, Style style, List<String> keys) {
        if (!keys.isEmpty()) {
            parts.add(Text.of(word, style).plus(" " + String.join(", ", keys)));
        }
    }

    /** In short: how many were upheld, and by name those that were not. */
    static Text verdicts(List<VerdictAnswer> verdicts) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (String verdict : List.of("upheld", "reworded", "contradicted", "unknown-term")) {
            List<String> found =
                    verdicts.stream()
                            .filter(v -> v.verdict().equals(verdict))
                            .map(VerdictAnswer::key)
                            .toList();
            if (!found.isEmpty()) {
                keys.put(verdict, found);
            }
        }
        List<Text> parts = new ArrayList<>();
        keys.forEach((verdict, found) ->
                parts.add(
                        Text.of(found.size() + " " + verdict, verdict(verdict))
                                .plus(
                                        verdict.equals("upheld")
                                                ? ""
                                                : ": " + String.join(", ", found))));
        return Text.join(" · ", parts);
    }

    static Style verdict(String verdict) {
        return switch (verdict) {
            case "upheld" -> Style.GOOD;
            case "reworded" -> Style.DOUBTFUL;
            default -> Style.BAD;
        };
    }

    static Style outcome(String outcome) {
        return switch (outcome) {
            case "unchanged" -> Style.GOOD;
            case "disclosed" -> Style.TOLD;
            default -> Style.BAD;
        };
    }
}
