package org.agreementledger.entries;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.Standing;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.LogEntry;
import org.agreementledger.readmodels.Batch;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.ModelTable;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.Slugs;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Writes the entries with what was found about them. */
public final class EntryTable implements ReadModel {

    private static final List<ModelTable> TABLES =
            List.of(
                    ModelTable.ofPositions("entry", "position", List.of("position"))
                            .namingAgreement()
                            .linking("corrected_by", "withdrawn_by", "confirmed_by"),
                    ModelTable.ofPositions(
                                    "entry_verdict",
                                    "position",
                                    List.of("verdict", "position", "term_key"))
                            .namingAgreement());

    private final NamedParameterJdbcTemplate jdbc;
    private final List<SqlParameterSource> entries = new ArrayList<>();
    private final List<SqlParameterSource> verdicts = new ArrayList<>();
    private final List<SqlParameterSource> revisions = new ArrayList<>();

    public EntryTable(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(Step step) {
        LogEntry log = step.log();
        Entry entry = step.event().entry();
        Findings findings = step.after().findings();
        entries.add(row(log, entry, findings));
        Set<String> found = new TreeSet<>();
        for (Verdict verdict : findings.verdicts()) {
            if (found.add(verdict.verdict() + " " + verdict.key())) {
                verdicts.add(
                        at(log).addValue("termKey", verdict.key().value())
                                .addValue("verdict", Slugs.of(verdict.verdict())));
            }
        }
        if (entry instanceof Revision revision) {
            Optional<Integer> target = step.before().history().find(revision.target());
            target.ifPresent(sequence -> revisions.add(revision(log, revision, sequence)));
        }
    }

    private static MapSqlParameterSource at(LogEntry log) {
        return new MapSqlParameterSource("position", log.position())
                .addValue("agreementId", log.agreementId().value());
    }

    private static SqlParameterSource row(LogEntry log, Entry entry, Findings findings) {
        EntryAnswer.EffectAnswer effect = Answers.effect(findings.effect());
        return at(log).addValue("sequence", log.sequence())
                .addValue("eventId", log.eventId())
                .addValue("kind", entry.kind().slug())
                .addValue("recordedAt", log.recordedAt().atOffset(ZoneOffset.UTC))
                .addValue("recordedBy", log.recordedBy().id())
                .addValue("recordedByIssuer", log.recordedBy().issuer())
                .addValue("occurredOn", entry.header().occurredOn().date())
                .addValue("occurredAsGiven", entry.header().occurredOn().toString())
                .addValue("title", entry.header().title())
                .addValue("standing", standing(entry))
                .addValue("ref", entry.header().ref() == null ? "" : entry.header().ref())
                .addValue("effect", effect.sum())
                .addValue("effectJson", Json.text(effect))
                .addValue("fingerprintBefore", findings.before().toString())
                .addValue("fingerprintAfter", findings.after().toString())
                .addValue("verdictsJson", Json.text(Answers.verdicts(findings)))
                .addValue("entryJson", Json.text(EntryJson.write(entry)))
                .addValue("salt", log.salt())
                .addValue(
                        "importedFrom",
                        log.importedFrom() == null ? "" : log.importedFrom().text());
    }

    static String standing(Entry entry) {
        if (!(entry instanceof Original)) {
            return "";
        }
        Standing standing = entry.header().standing();
        return Slugs.of(standing == null ? Standing.CONFIRMED : standing);
    }

    private static SqlParameterSource revision(LogEntry log, Revision revision, int target) {
        return at(log).addValue("target", target)
                .addValue("correctedBy", revision instanceof Entry.Correction ? log.sequence() : 0)
                .addValue("withdrawnBy", revision instanceof Entry.Withdrawal ? log.sequence() : 0)
                .addValue(
                        "confirmedBy", revision instanceof Entry.Confirmation ? log.sequence() : 0);
    }

    @Override
    public void flush() {
        Batch.write(
                jdbc,
                """
                insert into entry (position, agreement_id, sequence, event_id, kind, recorded_at,
                  recorded_by, recorded_by_issuer, occurred_on, occurred_as_given, title, standing, ref,
                  effect, effect_json, fingerprint_before, fingerprint_after, verdicts_json, corrected_by,
                  withdrawn_by, confirmed_by, entry_json, salt, imported_from)
                values (:position, :agreementId, :sequence, :eventId, :kind, :recordedAt,
                  :recordedBy, :recordedByIssuer, :occurredOn, :occurredAsGiven, :title, :standing, :ref,
                  :effect, :effectJson, :fingerprintBefore, :fingerprintAfter, :verdictsJson, 0,
                  0, 0, :entryJson, :salt, :importedFrom)
                """,
                entries);
        Batch.write(
                jdbc,
                """
                insert into entry_verdict (position, agreement_id, term_key, verdict)
                values (:position, :agreementId, :termKey, :verdict)
                """,
                verdicts);
        Batch.write(
                jdbc,
                """
                update entry
                set corrected_by = greatest(corrected_by, :correctedBy),
                  withdrawn_by = greatest(withdrawn_by, :withdrawnBy),
                  confirmed_by = greatest(confirmed_by, :confirmedBy)
                where agreement_id = :agreementId
                  and sequence = :target
                """,
                revisions);
    }

    @Override
    public void discard() {
        List.of(entries, verdicts, revisions).forEach(List::clear);
    }

    @Override
    public void clear() {
        for (ModelTable table : TABLES) {
            jdbc.getJdbcOperations().execute("delete from " + table.name());
        }
    }

    @Override
    public List<ModelTable> tables() {
        return TABLES;
    }
}
