package org.agreementledger.api.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.api.dashboard.FilledForm.Missing;
import org.agreementledger.api.dashboard.FilledForm.Said;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.Problems;
import org.agreementledger.axon.Ledger;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a form if it were recorded now.
 *
 * @param missing what is still to be filled in
 * @param refusal what the ledger says against it
 * @param at the pointer of the field that the refusal is about; empty for the whole
 * @param label what that field is called
 * @param found what it finds; null where the form is not an entry yet, or is refused
 * @param alterations what the terms that it touches said before, and would say
 */
public record Preview(
        List<Missing> missing,
        @Nullable String refusal,
        String at,
        String label,
        @Nullable EntryAnswer found,
        List<Alteration> alterations) {

    /** Of a form of which nothing was asked yet. */
    static final Preview NONE = new Preview(List.of(), null, "", "", null, List.of());

    /** Judged by the reader and the rules that judge what programs send. */
    static Preview of(FilledForm form, Recording recording, Ledger ledger) {
        Said said = form.said();
        List<Missing> missing = form.missing();
        try {
            Entry entry = EntryJson.submitted(judged(said, recording), recording.agreementId());
            RecordEntry command = new RecordEntry(entry, null);
            Findings findings = ledger.tryOut(command);
            History before = ledger.history(command.agreementId());
            return new Preview(
                    missing,
                    null,
                    "",
                    "",
                    Entries.tried(entry, findings),
                    Alteration.between(before, before.with(entry), keys(findings.effect())));
        } catch (Malformed | Refused e) {
            return refused(Problems.of(e), said, missing, form, recording.form());
        }
    }

    /** Whatever the reason of a revision will be, it does not move what is found. */
    private static Map<String, Object> judged(Said said, Recording recording) {
        Map<String, Object> entry = new LinkedHashMap<>(said.entry());
        if (recording.kind() == Kind.CORRECTION || recording.kind() == Kind.WITHDRAWAL) {
            entry.putIfAbsent("reason", "to be said");
        }
        return entry;
    }

    /** The reader names the first field that is missing; the form names all of them. */
    private static Preview refused(
            Problem problem, Said said, List<Missing> missing, FilledForm form, Field root) {
        String at = problem.pointer() == null ? "" : said.field(problem.pointer());
        if (!at.isEmpty()
                && missing.stream()
                        .anyMatch(field -> (field.pointer() + "/").startsWith(at + "/"))) {
            return new Preview(missing, null, "", "", null, List.of());
        }
        PlainWords plain = new PlainWords(root);
        return form.seen(at)
                .map(field ->
                        new Preview(
                                missing,
                                plain.atField(at, problem.detail()),
                                at,
                                field.label(),
                                null,
                                List.of()))
                .orElseGet(() ->
                        new Preview(missing, plain.of(problem.detail()), "", "", null, List.of()));
    }

    /** The effect in one sentence; empty where there is none yet. */
    public String sentence() {
        if (found == null) {
            return "";
        }
        EntryAnswer.EffectAnswer effect = found.effect();
        List<String> parts =
                Stream.of(
                                part("introduce", effect.introduced()),
                                part("change", effect.changed()),
                                part("end", effect.retired()),
                                part("tell more of", effect.disclosed()),
                                part("alter what was known of", effect.corrected()),
                                effect.partiesChanged() ? "change the parties" : "")
                        .filter(part -> !part.isEmpty())
                        .toList();
        return parts.isEmpty()
                ? "This would leave every term as it is."
                : "This would " + String.join(", ", parts) + ".";
    }

    private static String part(String verb, List<String> keys) {
        return switch (keys.size()) {
            case 0 -> "";
            case 1, 2, 3 -> verb + " " + String.join(" and ", keys);
            default -> verb + " " + keys.size() + " terms";
        };
    }

    private static Set<TermKey> keys(Effect effect) {
        Set<TermKey> keys = new TreeSet<>(effect.introduced());
        keys.addAll(effect.changed());
        keys.addAll(effect.retired());
        keys.addAll(effect.disclosed());
        keys.addAll(effect.corrected());
        return keys;
    }

    /**
     * To be told at the fields.
     *
     * @param insisted whether to record it was wanted: what is missing is no fault before that
     */
    public Map<String, String> problems(boolean insisted) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (insisted) {
            missing.forEach(field -> problems.put(field.pointer(), "Please fill this in."));
        }
        if (refusal != null && !at.isEmpty()) {
            problems.put(at, refusal);
        }
        return problems;
    }
}
