package org.agreementledger.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Target;
import org.agreementledger.agreement.Kind;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Digest;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue;
import org.agreementledger.time.Day;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {

    private static final AgreementId AGREEMENT = new AgreementId("microsoft-openai");

    @ParameterizedTest
    @CsvSource({
        "opening, 53f594b09eb6310400325f17efd64268646e02329bb138c7012084d6f7f4ccb8",
        "announcement, 6b90a6aa965e9a3bc3d84715574e27bb16f8f6f2e3c9e6278c939391bc44dd90",
        "funding-round, 5728b710af657980cf70b9b9f2be69d68c2c9c71d68da454ddee2045156359dd",
        "partnership, b0107956f87a715b4e7eaa3c1a1608255af6639fafeb566ad698eb05d3ac46c5",
        "amendment, 67e6884aea8306187c7e9542d46081094839dd387729f9863ffac3aececa260e",
        "closing, d8c4301959e61bac001b17ca32fa198143ecfe62d143655c2f3fdda428b50372",
        "correction, c0f5872eca990460f1020b1933d3e5a295b077eed07d360f09178e1e6a4f3dab",
        "withdrawal, aabc1c04adba086f304931f991672325a74331c3665c256bf96080295cdd6fbf",
        "confirmation, 9ccef59f05cefc70112edec70febb71feca73dd31fa5c772cb6a5bbd00125b61"
    })
    void an_entry_is_written_as_it_was_read_and_its_canonical_bytes_never_change(
            String kind, String sha256) {
        Map<String, Object> golden = JsonTrees.golden(kind);

        Map<String, Object> written = EntryJson.write(EntryJson.submitted(golden, null));

        assertThat(written).hasToString(golden.toString());
        assertThat(Digest.sha256Hex(CanonicalBytes.of(written))).isEqualTo(sha256);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_golden_entry_carries_every_property_of_its_kind(Kind kind) {
        Map<String, Object> golden = JsonTrees.golden(kind.slug());

        assertThat(golden.keySet()).containsExactlyInAnyOrderElementsOf(mayCarry(golden, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "opening, /parties/0",
        "opening, /identifiers/0",
        "opening, /sources/0",
        "opening, /sources/0/via",
        "opening, /terms/0",
        "opening, /terms/1/value",
        "opening, /concerns/0",
        "announcement, /terms/0",
        "funding-round, /amount",
        "funding-round, /investors/0",
        "partnership, /terms/0/value",
        "amendment, /terms/4",
        "amendment, /partyChanges/0",
    })
    void the_golden_entries_carry_every_property_of_their_parts(String kind, String part) {
        Map<String, Object> golden = JsonTrees.golden(kind);
        List<String> allowed = mayCarry(golden, part);

        assertThat(((Map<?, ?>) at(golden, part)).keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(allowed);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_was_submitted_can_be_read_again_when_stored(Kind kind) {
        Entry submitted = EntryJson.submitted(JsonTrees.golden(kind.slug()), null);

        assertThat(EntryJson.stored(EntryJson.write(submitted))).isEqualTo(submitted);
        assertThat(submitted.kind()).isEqualTo(kind);
    }

    @Test
    void every_random_entry_survives_the_round_trip_through_its_bytes() {
        for (long seed = 0; seed < 500; seed++) {
            Entry entry = RandomEntries.of(seed);

            Map<String, Object> written = EntryJson.write(entry);
            Map<String, Object> parsed = JsonTrees.object(CanonicalBytes.text(written));

            assertThat(EntryJson.stored(parsed)).as("seed %d", seed).isEqualTo(entry);
            assertThat(EntryJson.submitted(parsed, null)).as("seed %d", seed).isEqualTo(entry);
            assertThat(CanonicalBytes.text(EntryJson.write(EntryJson.stored(parsed))))
                    .as("seed %d", seed)
                    .isEqualTo(CanonicalBytes.text(written));
        }
    }

    @Test
    void the_locale_of_the_machine_does_not_enter_the_bytes() {
        Locale before = Locale.getDefault();
        byte[] expected = CanonicalBytes.of(rewritten("opening"));
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(CanonicalBytes.of(rewritten("opening"))).isEqualTo(expected);
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(CanonicalBytes.of(rewritten("opening"))).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void what_is_absent_empty_or_the_default_is_left_out() {
        Map<String, Object> tree =
                JsonTrees.object(
                        """
                        {"kind": "amendment", "agreementId": "a", "title": "T", "occurredOn": "2026-04-27",
                         "binding": true, "restates": false, "terms": [], "notAddressed": [], "partyChanges": [],
                         "identifiers": [], "sources": [], "concerns": []}
                        """);

        assertThat(EntryJson.write(EntryJson.submitted(tree, null)))
                .hasToString("{kind=amendment, agreementId=a, title=T, occurredOn=2026-04-27}");
    }

    @Test
    void the_agreement_may_be_left_out_where_it_is_known() {
        Map<String, Object> tree = JsonTrees.golden("announcement");
        tree.remove("agreementId");

        Entry entry = EntryJson.submitted(tree, AGREEMENT);

        assertThat(entry.header().agreementId()).isEqualTo(AGREEMENT);
    }

    @Test
    void the_agreement_must_agree_where_it_is_known() {
        Malformed malformed =
                malformed(JsonTrees.golden("announcement"), new AgreementId("another"));

        assertThat(malformed.pointer()).isEqualTo("/agreementId");
        assertThat(malformed)
                .hasMessageContaining("'microsoft-openai'")
                .hasMessageContaining("'another'");
    }

    @Test
    void a_replacement_inherits_the_agreement_and_is_written_without_it() {
        Map<String, Object> tree = JsonTrees.golden("correction");
        JsonTrees.set(tree, "/replacement/agreementId", "microsoft-openai");

        Entry.Correction correction = (Entry.Correction) EntryJson.submitted(tree, null);

        assertThat(correction.replacement().header().agreementId()).isEqualTo(AGREEMENT);
        Map<?, ?> written = (Map<?, ?>) EntryJson.write(correction).get("replacement");
        assertThat(written.containsKey("agreementId")).isFalse();
    }

    @Test
    void standing_is_kept_only_where_it_was_said() {
        Map<String, Object> tree = JsonTrees.golden("announcement");
        tree.remove("standing");

        Entry entry = EntryJson.submitted(tree, null);

        assertThat(entry.header().standing()).isNull();
        assertThat(EntryJson.write(entry)).doesNotContainKey("standing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021", "\"2021\""})
    void a_year_may_come_unquoted(String year) {
        Map<String, Object> tree = JsonTrees.golden("closing");
        tree.put("occurredOn", JsonTrees.parse(year));

        Entry entry = EntryJson.submitted(tree, null);

        assertThat(entry.header().occurredOn()).isEqualTo(Day.parse("2021"));
        assertThat(EntryJson.write(entry)).containsEntry("occurredOn", "2021");
    }

    @Test
    void a_number_names_a_sequence_and_text_a_ref() {
        Map<String, Object> tree = JsonTrees.golden("withdrawal");

        tree.put("withdraws", 9);
        Entry bySequence = EntryJson.submitted(tree, null);
        tree.put("withdraws", "9");
        Entry byRef = EntryJson.submitted(tree, null);

        assertThat(((Entry.Withdrawal) bySequence).withdraws()).isEqualTo(new Target.BySequence(9));
        assertThat(((Entry.Withdrawal) byRef).withdraws()).isEqualTo(new Target.ByRef("9"));
        assertThat(EntryJson.write(byRef)).containsEntry("withdraws", "9");
    }

    @Test
    void a_decimal_is_written_as_given() {
        Map<String, Object> tree = JsonTrees.golden("funding-round");
        JsonTrees.set(tree, "/amount/amount", "12.50");

        Entry entry = EntryJson.submitted(tree, null);

        assertThat(at(EntryJson.write(entry), "/amount/amount")).isEqualTo("12.50");
    }

    @Test
    void a_star_stands_for_every_other_key() {
        Entry.Announcement entry =
                (Entry.Announcement) EntryJson.submitted(JsonTrees.golden("announcement"), null);

        assertThat(((TermAction.Reaffirm) entry.terms().get(0)).key())
                .isEqualTo(new TermKey("cloud.api.exclusivity"));
        assertThat(((TermAction.Reaffirm) entry.terms().get(1)).key()).isNull();
    }

    @Test
    void a_kind_that_cannot_change_terms_may_still_say_so_and_is_judged_later() {
        Map<String, Object> tree = JsonTrees.golden("partnership");
        tree.put("terms", JsonTrees.parse("[{\"action\": \"retire\", \"key\": \"a.b\"}]"));

        Entry.Partnership entry = (Entry.Partnership) EntryJson.submitted(tree, null);

        assertThat(entry.terms()).singleElement().isInstanceOf(TermAction.Retire.class);
    }

    @Test
    void a_value_is_written_alone_too() {
        TermValue value = new TermValue.Flag(true, TermValue.Qualifier.ABOUT);

        assertThat(EntryJson.write(value)).hasToString("{type=flag, flag=true, qualifier=about}");
    }

    private static Map<String, Object> rewritten(String kind) {
        return EntryJson.write(EntryJson.submitted(JsonTrees.golden(kind), null));
    }

    /** What the message about an unknown property says the object may carry. */
    private static List<String> mayCarry(Map<String, Object> golden, String part) {
        JsonTrees.set(golden, part + "/zzzzzzzz", 1);
        String message = malformed(golden, null).getMessage();
        JsonTrees.remove(golden, part + "/zzzzzzzz");
        return Arrays.asList(message.substring(message.indexOf(": ") + 2).split(", "));
    }

    private static Malformed malformed(Object tree, AgreementId agreementId) {
        return catchThrowableOfType(Malformed.class, () -> EntryJson.submitted(tree, agreementId));
    }

    private static Object at(Object tree, String pointer) {
        Object at = tree;
        for (String name : pointer.substring(1).split("/")) {
            at =
                    at instanceof List<?> list
                            ? list.get(Integer.parseInt(name))
                            : ((Map<?, ?>) at).get(name);
        }
        return at;
    }
}
