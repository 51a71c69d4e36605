package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.agreementledger.api.dashboard.FilledForm.Missing;
import org.agreementledger.api.documents.Documents;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of all kinds without a browser: what they ask, and what becomes of the answers. */
class EntryFormsTest {

    private static final AgreementId ID = new AgreementId("some");

    static Stream<Map<String, Object>> theExample() {
        return Stream.of("/example/microsoft-openai.yaml", "/example/microsoft-openai-later.yaml")
                .flatMap(script -> Documents.read(text(script)).stream())
                .map(document -> EntryJson.write(EntryJson.submitted(document.tree(), null)));
    }

    private static String text(String resource) {
        try (InputStream in = EntryFormsTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Field form(Kind kind) {
        return switch (kind) {
            case CORRECTION -> EntryFields.correction(Kind.AMENDMENT, 3);
            case WITHDRAWAL -> EntryFields.withdrawal(3);
            case CONFIRMATION -> EntryFields.confirmation(3);
            default -> EntryFields.of(kind);
        };
    }

    private static Kind kind(Map<?, ?> entry) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.slug().equals(entry.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    // ---- an entry, through its form and back

    @ParameterizedTest
    @MethodSource("theExample")
    void an_entry_comes_out_of_its_form_as_it_went_in(Map<String, Object> entry) {
        Kind kind = kind(entry);
        Field form =
                switch (kind) {
                    case CORRECTION ->
                            EntryFields.correction(kind((Map<?, ?>) entry.get("replacement")), 1);
                    default -> form(kind);
                };
        Map<String, Object> out = FilledForm.filled(form, entry).said().entry();
        Map<String, Object> expected = new LinkedHashMap<>(entry);
        if (kind != Kind.OPENING) {
            expected.remove("agreementId"); // it is in the address
        }
        for (String target : List.of("corrects", "confirms", "withdraws")) {
            if (entry.containsKey(target)) { // as chosen, by its sequence
                expected.put(target, out.get(target));
            }
        }
        assertThat(out).isEqualTo(expected);
        assertThat(FilledForm.filled(form, entry).missing()).isEmpty();
    }

    // ---- the forms ask what the reader reads

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_form_asks_for_every_property_of_its_kind_and_no_other(Kind kind) {
        Set<String> allowed = allowed(Map.of("kind", kind.slug(), "no-such", 1));
        allowed.remove("agreementId");
        Set<String> asked = names(form(kind));
        asked.remove("agreementId");
        assertThat(asked).isEqualTo(allowed);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"OPENING", "ANNOUNCEMENT", "AMENDMENT"})
    void a_term_is_asked_what_its_action_takes(Kind kind) {
        Field term = item(named(form(kind), "terms"));
        Field action = named(term, "action");
        List<String> actions =
                action.input() instanceof Field.Input.Choice(List<Field.Option> options)
                        ? options.stream().map(Field.Option::value).toList()
                        : List.of("introduce");
        assertThat(actions).isNotEmpty();
        for (String chosen : actions) {
            assertThat(asked(term, Map.of("action", chosen)))
                    .as(chosen)
                    .isEqualTo(allowed(withTerm(Map.of("action", chosen, "no-such", 1))));
        }
    }

    @Test
    void a_value_is_asked_what_its_type_takes() {
        Field value = named(item(named(form(Kind.AMENDMENT), "terms")), "value");
        List<String> types =
                ((Field.Input.Choice) named(value, "type").input())
                        .options().stream().map(Field.Option::value).toList();
        assertThat(types).hasSize(7);
        for (String type : types) {
            assertThat(asked(value, Map.of("type", type)))
                    .as(type)
                    .isEqualTo(
                            allowed(
                                    withTerm(
                                            Map.of(
                                                    "action",
                                                    "change",
                                                    "key",
                                                    "a",
                                                    "statement",
                                                    "A.",
                                                    "value",
                                                    Map.of("type", type, "no-such", 1)))));
        }
    }

    private static Map<String, Object> withTerm(Map<String, ?> term) {
        Map<String, Object> entry = new HashMap<>();
        entry.put("kind", "amendment");
        entry.put("title", "T");
        entry.put("occurredOn", "2026-01-01");
        entry.put("terms", List.of(term));
        return entry;
    }

    /** The reader tells what it knows to who asks for what it does not. */
    private static Set<String> allowed(Map<String, ?> entry) {
        try {
            EntryJson.submitted(entry, ID);
        } catch (Malformed e) {
            String list =
                    e.getMessage().replaceFirst("^unknown property 'no-such'; .*? may carry: ", "");
            assertThat(list).as(e.getMessage()).isNotEqualTo(e.getMessage());
            return new LinkedHashSet<>(List.of(list.split(", ")));
        }
        throw new AssertionError("the reader took it");
    }

    private static Set<String> names(Field group) {
        Set<String> names = new LinkedHashSet<>();
        ((Field.Input.Group) group.input()).fields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Set<String> asked(Field group, Map<String, String> answers) {
        Set<String> names = new LinkedHashSet<>();
        for (Field field : ((Field.Input.Group) group.input()).fields()) {
            if (field.asked().holds(name -> answers.getOrDefault(name, "introduce"))) {
                names.add(field.name());
            }
        }
        return names;
    }

    private static Field named(Field group, String name) {
        return ((Field.Input.Group) group.input())
                .fields().stream()
                        .filter(field -> field.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static Field item(Field many) {
        return ((Field.Input.Many) many.input()).item();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_a_form_calls_needed_is_what_the_reader_requires(Kind kind) {
        FilledForm form = FilledForm.filled(form(kind), Map.of());
        assertThat(form.missing()).isNotEmpty();
        Map<String, String> answers = new HashMap<>();
        for (int rounds = 0; rounds < 20; rounds++) {
            FilledForm answered = FilledForm.sent(form(kind), answers);
            List<Missing> missing = answered.missing();
            try {
                EntryJson.submitted(answered.said().entry(), ID);
                assertThat(missing).isEmpty();
                return;
            } catch (Malformed e) {
                assertThat(missing).as(e.getMessage()).isNotEmpty();
                missing.forEach(field -> answer(answers, field.pointer()));
            }
        }
        throw new AssertionError("never complete: " + answers);
    }

    private static void answer(Map<String, String> answers, String pointer) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        switch (name) {
            case "occurredOn" -> answers.put(pointer, "2026-01-01");
            case "how" -> answers.put(pointer, "superseded");
            case "parties", "speakers", "partners" -> answers.put(pointer + "/0/name", "Acme");
            default -> answers.put(pointer, "some");
        }
    }

    // ---- what is sent

    @Test
    void blank_items_are_left_out_and_what_is_said_of_the_others_finds_its_field() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("/parties/0/name", "");
        answers.put("/parties/0/id", " ");
        answers.put("/parties/4/name", "Acme\t");
        answers.put("/parties/4/id", "Not A Slug");
        answers.put("/summary", "one\r\ntwo");
        FilledForm form = FilledForm.sent(form(Kind.OPENING), answers);
        assertThat(form.said().entry())
                .containsEntry("parties", List.of(Map.of("name", "Acme", "id", "Not A Slug")))
                .containsEntry("summary", "one\ntwo");
        assertThat(form.said().field("/parties/0/id")).isEqualTo("/parties/4/id");
        assertThat(form.said().field("/parties/0/no-such")).isEqualTo("/parties/4/no-such");
        assertThat(form.missing())
                .extracting(Missing::pointer)
                .containsExactly("/title", "/occurredOn", "/agreementId");
    }

    @Test
    void an_answer_to_what_is_not_asked_is_kept_and_not_recorded() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("/terms/0/action", "retire");
        answers.put("/terms/0/key", "price.unit");
        answers.put("/terms/0/value/type", "money");
        answers.put("/terms/0/value/amount", "1,000");
        FilledForm form = FilledForm.sent(form(Kind.AMENDMENT), answers);
        assertThat(form.said().entry().get("terms"))
                .isEqualTo(List.of(Map.of("action", "retire", "key", "price.unit")));
        assertThat(values(form.shown(Map.of(), "")))
                .containsEntry("/terms/0/value/amount", "1,000");
    }

    private static Map<String, String> values(FormNode node) {
        Map<String, String> values = new HashMap<>();
        List<FormNode> open = new ArrayList<>(List.of(node));
        while (!open.isEmpty()) {
            FormNode next = open.removeLast();
            values.put(next.pointer(), next.value());
            open.addAll(next.nodes());
        }
        return values;
    }

    @Test
    void items_come_and_go() {
        FilledForm two = FilledForm.filled(form(Kind.OPENING), Map.of()).withItem("/parties");
        assertThat(two.newest("/parties")).isEqualTo("/parties/1");
        FilledForm without = two.withoutItem("/parties/0").withItem("/parties");
        assertThat(values(without.shown(Map.of(), "")))
                .containsKeys("/parties/1/name", "/parties/2/name")
                .doesNotContainKey("/parties/0/name");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "/no-such",
                "/title/more",
                "/parties/x/name",
                "/parties/12345/name",
                "/kind/x",
                "title",
                ""
            })
    void a_form_takes_no_field_that_it_does_not_have(String name) {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> FilledForm.sent(form(Kind.OPENING), Map.of(name, "x")))
                .withMessageContaining(name);
    }

    // ---- in plain words

    @Test
    void refusals_call_fields_what_the_form_calls_them() {
        PlainWords plain = new PlainWords(form(Kind.AMENDMENT));
        assertThat(
                        plain.atField(
                                "/occurredOn",
                                "occurredOn: '2026-02-30' is a day that does not exist"))
                .isEqualTo("'2026-02-30' is a day that does not exist.");
        assertThat(plain.atField("/title", "title has 301 characters; at most 300 are allowed"))
                .isEqualTo("This has 301 characters; at most 300 are allowed.");
        assertThat(plain.of("price.unit is in force; validTo is the first day"))
                .isEqualTo("price.unit is in force; “Holds no longer from” is the first day.");
        assertThat(plain.of("the agreement closed.")).isEqualTo("The agreement closed.");
    }
}
