package org.agreementledger.asof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.asof.VersionsAnswer.Version;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All versions at once say on every day what is answered for that day. */
class VersionsLawTest {

    private static final LocalDate FIRST = LocalDate.of(2020, 12, 25);
    private static final int DAYS = 250;
    private static final int AGREEMENTS = 3;
    private static final int OFFERS = 60;

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, 3)
                                .mapToObj(seed -> Arguments.of(database, (long) seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void on_every_day_the_versions_are_the_terms_of_that_day(TestDatabase database, long seed) {
        try (LedgerNode node = recorded(database, seed)) {
            long newest = node.log().newest();
            int compared = 0;
            for (long position : List.of(newest, new Random(seed).nextLong(newest))) {
                Moment moment = node.readModels().resolve(new KnownAt.Through(position));
                for (int i = 0; i < AGREEMENTS; i++) {
                    AgreementId id = new AgreementId("agreement-" + i);
                    for (View view : View.values()) {
                        compared += compare(node.terms(), id, moment, view, seed);
                    }
                }
            }
            assertThat(compared).isGreaterThan(1_000);
        }
    }

    private static int compare(
            AgreementTerms terms, AgreementId id, Moment moment, View view, long seed) {
        VersionsAnswer versions = terms.versions(id, moment, view).orElse(null);
        if (versions == null) {
            assertThat(terms.asOf(id, FIRST, moment, view)).isEmpty();
            return 0;
        }
        TermsAnswer before = null;
        int compared = 0;
        for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(DAYS)); day = day.plusDays(1)) {
            String where = "%s on %s at %s, %s, seed %d".formatted(id, day, moment, view, seed);
            TermsAnswer answer = terms.asOf(id, day, moment, view).orElseThrow();
            assertThat(held(versions, day)).as(where).isEqualTo(said(answer));
            if (before != null && !versions.days().contains(day)) {
                assertThat(withoutDay(answer)).as(where).isEqualTo(withoutDay(before));
            }
            before = answer;
            compared += answer.terms().size();
        }
        return compared;
    }

    private static Map<String, String> held(VersionsAnswer versions, LocalDate day) {
        Map<String, String> held = new TreeMap<>();
        for (Version version : versions.versions()) {
            boolean prevails =
                    !day.isBefore(version.heldFrom())
                            && (version.heldTo() == null || day.isBefore(version.heldTo()));
            if (prevails && version.isInForce()) {
                held.put(
                        version.key(),
                        said(
                                String.valueOf(version.statement()),
                                version.setBy().sequence(),
                                version.isDisclosure()));
            }
        }
        return held;
    }

    private static Map<String, String> said(TermsAnswer answer) {
        Map<String, String> held = new TreeMap<>();
        for (HeldTerm term : answer.terms()) {
            held.put(term.key(), said(term.statement(), term.setBy().sequence(), term.disclosed()));
        }
        return held;
    }

    private static String said(String statement, int sequence, boolean disclosed) {
        return statement + " by " + sequence + (disclosed ? ", disclosed" : "");
    }

    private static TermsAnswer withoutDay(TermsAnswer answer) {
        return new TermsAnswer(
                answer.agreementId(),
                answer.title(),
                answer.parties(),
                answer.status(),
                answer.sequence(),
                FIRST,
                Instant.EPOCH,
                answer.standing(),
                answer.fingerprint(),
                answer.terms());
    }

    /** Of so many versions of one term not all are gone through any more. */
    @Test
    void of_a_term_that_was_changed_a_thousand_times_it_is_the_same() {
        Random random = new Random(7);
        AgreementId id = new AgreementId("long");
        try (LedgerNode node = LedgerNode.open(TestDatabase.H2.fresh(folder), Clock.systemUTC())) {
            List<Receipt> receipts =
                    node.ledger()
                            .recordAll(
                                    IntStream.range(0, 1_000)
                                            .mapToObj(i -> changed(id, i, random))
                                            .map(entry ->
                                                    new Submission(
                                                            new RecordEntry(entry, null),
                                                            Actor.local("test"),
                                                            null))
                                            .toList());
            assertThat(node.readModels().await(receipts, Duration.ofSeconds(30))).isTrue();
            for (long position : List.of(999L, 998L, 601L, 400L, 255L, 100L)) {
                Moment moment = node.readModels().resolve(new KnownAt.Through(position));
                assertThat(compare(node.terms(), id, moment, View.CONFIRMED, 7)).isPositive();
            }
        }
    }

    private static Entry changed(AgreementId id, int i, Random random) {
        LocalDate today = FIRST.plusDays(DAYS * i / 1_000);
        Map<String, Object> entry = new HashMap<>();
        entry.put("kind", i == 0 ? "opening" : "amendment");
        entry.put("title", "Entry " + i);
        entry.put("occurredOn", today.toString());
        entry.put("effectiveOn", FIRST.plusDays(random.nextInt(DAYS * i / 1_000 + 1)).toString());
        entry.put(
                "terms",
                List.of(
                        Map.of(
                                "action",
                                i == 0 ? "introduce" : "change",
                                "key",
                                "rate",
                                "statement",
                                "The rate is " + i)));
        if (i == 0) {
            entry.put("parties", List.of(Map.of("id", "one", "name", "One")));
        }
        return EntryJson.submitted(entry, id);
    }

    @Test
    void of_an_agreement_that_is_not_known_there_is_nothing() {
        try (LedgerNode node = recorded(TestDatabase.H2, 1)) {
            Moment now = node.readModels().resolve(new KnownAt.Now());
            assertThat(node.terms().versions(new AgreementId("unknown"), now, View.ALL)).isEmpty();
        }
    }

    private LedgerNode recorded(TestDatabase database, long seed) {
        LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC());
        List<Receipt> receipts =
                node.ledger()
                        .recordAll(
                                RandomLedger.of(seed, AGREEMENTS, OFFERS).stream()
                                        .map(entry ->
                                                new Submission(
                                                        new RecordEntry(entry, null),
                                                        Actor.local("ada"),
                                                        null))
                                        .toList());
        assertThat(node.readModels().await(receipts, Duration.ofSeconds(60))).isTrue();
        return node;
    }
}
