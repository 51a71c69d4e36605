package org.agreementledger.api.dashboard;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One question of a form, in plain words.
 *
 * @param name of the property that the answer becomes
 * @param asked when it is asked at all
 * @param needed when it must be answered; null for never
 * @param rare whether it waits behind a fold
 */
record Field(
        String name,
        String label,
        String hint,
        Input input,
        When asked,
        @Nullable When needed,
        boolean rare) {

    /** How it is answered. */
    sealed interface Input {

        /**
         * One line of text.
         *
         * @param list of what is suggested; empty for nothing
         * @param suggests the sibling that is derived from it; empty for none
         */
        record Line(String list, String suggests) implements Input {}

        /** Lines of text. */
        record Words() implements Input {}

        /** A day, a month or a year. */
        record Day() implements Input {}

        /** A number, exactly as typed. */
        record Number() implements Input {}

        /** A key, beside which stands what its term says now. */
        record Key() implements Input {}

        /** A box that is ticked where something is not as usual. */
        record Tick(boolean ticked) implements Input {}

        record Choice(List<Option> options) implements Input {}

        /** Nothing to answer: the same in every such form. */
        record Fixed(Object value) implements Input {}

        record Group(List<Field> fields) implements Input {}

        /**
         * As many as there are.
         *
         * @param item of no name
         */
        record Many(Field item) implements Input {}
    }

    /**
     * @param value as the form has it
     * @param json what it becomes
     */
    record Option(String value, String label, Object json) {
        static Option of(String value, String label) {
            return new Option(value, label, value);
        }
    }

    /**
     * While a sibling is answered in one of some ways.
     *
     * @param sibling empty for always
     */
    record When(String sibling, List<String> answers) {
        static final When ALWAYS = new When("", List.of());

        static When answered(String sibling, String... answers) {
            return new When(sibling, List.of(answers));
        }

        /**
         * @param answer of a sibling, by its name
         */
        boolean holds(UnaryOperator<String> answer) {
            return sibling.isEmpty() || answers.contains(answer.apply(sibling));
        }
    }

    static Field of(String name, String label, String hint, Input input) {
        return new Field(name, label, hint, input, When.ALWAYS, null, false);
    }

    Field need() {
        return needWhen(When.ALWAYS);
    }

    Field needWhen(When when) {
        return new Field(name, label, hint, input, asked, when, rare);
    }

    Field onlyWhen(When when) {
        return new Field(name, label, hint, input, when, needed, rare);
    }

    Field seldom() {
        return new Field(name, label, hint, input, asked, needed, true);
    }
}
