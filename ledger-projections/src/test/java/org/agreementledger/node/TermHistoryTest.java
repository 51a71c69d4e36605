package org.agreementledger.node;

import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.TermHistoryAnswer.Version;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.KnownAt;
import org.agreementledger.terms.TermKey;
import org.junit.jupiter.api.Test;

class TermHistoryTest extends OnBothDatabases {

    private static final AgreementId ALPHA = new AgreementId("alpha");

    @Test
    void a_version_names_who_recorded_it_and_from_which_source() {
        record(opening("alpha"), amendment("confirmed", "250 MW", "400 MW"));

        Version version = newest("cloud.power");

        assertThat(version.statement()).isEqualTo("250 MW");
        assertThat(version.setBy().sequence()).isEqualTo(2);
        assertThat(version.correctedBy()).isNull();
        assertThat(version.recordedBy()).isEqualTo(Drafts.ADA);
        assertThat(version.recordedAt()).isEqualTo(node.log().at(1).orElseThrow().recordedAt());
        assertThat(version.source()).isEqualTo(Map.of("id", "s1", "title", "The filing of 250 MW"));
        assertThat(version.locator()).isEqualTo("4.2");
    }

    @Test
    void a_corrected_version_names_the_correction_and_leads_to_the_entry() {
        record(opening("alpha"), amendment("confirmed", "250 MW", "400 MW"));

        record(by("bob", correction(2, "350 MW", "400 MW")));

        Version version = newest("cloud.power");
        assertThat(version.statement()).isEqualTo("350 MW");
        assertThat(version.setBy().sequence()).isEqualTo(2);
        assertThat(version.correctedBy().sequence()).isEqualTo(3);
        assertThat(version.correctedBy().title()).isEqualTo("A slip");
        assertThat(version.recordedBy()).isEqualTo(Actor.local("bob"));
        assertThat(version.source()).isEqualTo(Map.of("id", "s1", "title", "The filing of 350 MW"));
    }

    @Test
    void what_a_correction_repeats_is_still_the_word_of_the_entry() {
        record(opening("alpha"), amendment("confirmed", "250 MW", "400 MW", "The filing"));

        record(by("bob", correction(2, "350 MW", "400 MW", "The filing")));

        assertThat(newest("cloud.power").recordedBy()).isEqualTo(Actor.local("bob"));
        assertThat(newest("cloud.reserve").correctedBy()).isNull();
        assertThat(newest("cloud.reserve").recordedBy()).isEqualTo(Drafts.ADA);
        assertThat(versions("cloud.reserve")).hasSize(1);
    }

    @Test
    void a_report_that_is_confirmed_counts_as_a_change_from_then_on() {
        record(opening("alpha"), amendment("reported", "250 MW", "400 MW"));
        assertThat(listed(View.CONFIRMED).changes()).isEqualTo(1);
        assertThat(listed(View.ALL).changes()).isEqualTo(2);

        record(
                submission(
                        Map.of(
                                "kind", "confirmation",
                                "agreementId", "alpha",
                                "occurredOn", "2022-05-05",
                                "title", "It is so",
                                "confirms", 2)));

        assertThat(listed(View.CONFIRMED).changes()).isEqualTo(2);
        assertThat(listed(View.ALL).changes()).isEqualTo(2);
    }

    @Test
    void agreements_are_found_by_what_a_term_says_and_paged_by_id() {
        record(opening("alpha"), opening("beta"), opening("gamma"));
        record(amendment("confirmed", "250 MW", "400 MW"));

        assertThat(ids("cloud.exclusivity:exclusive.", null, 2)).containsExactly("alpha", "beta");
        assertThat(ids("cloud.exclusivity:exclusive.", "beta", 2)).containsExactly("gamma");
        assertThat(ids("cloud.power:250 mw", null, 2)).containsExactly("alpha");
        assertThat(ids("cloud.power:400 MW", null, 2)).isEmpty();
    }

    private List<String> ids(String term, String after, int limit) {
        return node
                .terms()
                .list(
                        LocalDate.of(2023, 1, 1),
                        node.readModels().resolve(new KnownAt.Now()),
                        View.CONFIRMED,
                        null,
                        null,
                        term,
                        after == null ? null : new AgreementId(after),
                        limit)
                .stream()
                .map(AgreementSummary::agreementId)
                .toList();
    }

    private AgreementSummary listed(View view) {
        return node.terms()
                .list(
                        LocalDate.of(2023, 1, 1),
                        node.readModels().resolve(new KnownAt.Now()),
                        view,
                        null,
                        null,
                        null,
                        null,
                        1)
                .getFirst();
    }

    private Version newest(String key) {
        return versions(key).getLast();
    }

    private List<Version> versions(String key) {
        return node.terms()
                .history(ALPHA, new TermKey(key), View.CONFIRMED)
                .orElseThrow()
                .versions();
    }

    private void record(Submission... submissions) {
        assertThat(
                        node.readModels()
                                .await(
                                        node.ledger().recordAll(List.of(submissions)),
                                        Duration.ofSeconds(60)))
                .isTrue();
    }

    private static Submission by(String name, Submission submission) {
        return new Submission(submission.command(), Actor.local(name), null);
    }

    private static Submission amendment(String standing, String power, String reserve) {
        return amendment(standing, power, reserve, "The filing of " + power);
    }

    private static Submission amendment(
            String standing, String power, String reserve, String source) {
        return submission(
                Map.of(
                        "kind", "amendment",
                        "agreementId", "alpha",
                        "occurredOn", "2022-03-03",
                        "title", "Power",
                        "standing", standing,
                        "sources", List.of(Map.of("id", "s1", "title", source)),
                        "terms", terms(power, reserve)));
    }

    private static Submission correction(int corrects, String power, String reserve) {
        return correction(corrects, power, reserve, "The filing of " + power);
    }

    private static Submission correction(
            int corrects, String power, String reserve, String source) {
        return submission(
                Map.of(
                        "kind",
                        "correction",
                        "agreementId",
                        "alpha",
                        "occurredOn",
                        "2022-04-04",
                        "title",
                        "A slip",
                        "corrects",
                        corrects,
                        "reason",
                        "misread",
                        "replacement",
                        Map.of(
                                "kind", "amendment",
                                "occurredOn", "2022-03-03",
                                "title", "Power",
                                "sources", List.of(Map.of("id", "s1", "title", source)),
                                "terms", terms(power, reserve))));
    }

    private static List<Map<String, Object>> terms(String power, String reserve) {
        return List.of(
                Map.of(
                        "action", "introduce",
                        "key", "cloud.power",
                        "statement", power,
                        "source", "s1",
                        "locator", "4.2"),
                Map.of("action", "introduce", "key", "cloud.reserve", "statement", reserve));
    }
}
