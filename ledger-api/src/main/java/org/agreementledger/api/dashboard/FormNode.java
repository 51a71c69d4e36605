package org.agreementledger.api.dashboard;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agreementledger.api.dashboard.Field.Input;
import org.agreementledger.api.dashboard.Field.Option;
import org.agreementledger.api.dashboard.Field.When;
import org.jspecify.annotations.Nullable;

/**
 * One field as it is shown, with those inside it.
 *
 * @param pointer its name in the form
 * @param group the pointer of what it is in
 * @param asked by what was answered so far; it is there in any case, with its answer
 * @param marked whether it says so: not inside a group that may be left blank as a whole
 * @param problem what is said against its answer
 * @param focus whether the reader goes on here
 */
public record FormNode(
        Field field,
        String pointer,
        String group,
        String value,
        boolean asked,
        boolean needed,
        boolean marked,
        @Nullable String problem,
        boolean focus,
        List<FormNode> nodes) {

    private static final int FOLDED_MAX = 3;

    /** Which fragment shows it. */
    public String shape() {
        return switch (field.input()) {
            case Input.Line _, Input.Key _ -> value.indexOf('\n') < 0 ? "line" : "words";
            case Input.Day _, Input.Number _ -> "line";
            case Input.Words _ -> "words";
            case Input.Tick _ -> "tick";
            case Input.Choice _ -> "choice";
            case Input.Fixed _ -> "fixed";
            case Input.Group _ -> "group";
            case Input.Many _ -> "many";
        };
    }

    /** How wide its answers are: it stands beside others as far as there is room. */
    public String size() {
        return switch (field.input()) {
            case Input.Day _, Input.Number _, Input.Choice _ -> "short";
            case Input.Line line when !line.list().isEmpty() -> "short";
            case Input.Line _, Input.Key _ -> "middle";
            default -> "whole";
        };
    }

    /** Of a text area: a browser leaves out the first of its line ends. */
    public String lines() {
        return "\n" + value;
    }

    public String label() {
        return field.label();
    }

    public String hint() {
        return field.hint();
    }

    /** The fields that say something against or about its answer, by their ids. */
    public String describedBy() {
        return (hint().isEmpty() ? "" : pointer + ":hint ")
                + (isKey() ? pointer + ":now " : "")
                + pointer
                + ":problem";
    }

    public boolean isKey() {
        return field.input() instanceof Input.Key;
    }

    public boolean isDay() {
        return field.input() instanceof Input.Day;
    }

    public boolean isNumber() {
        return field.input() instanceof Input.Number;
    }

    /** The list of suggestions. */
    public @Nullable String list() {
        return switch (field.input()) {
            case Input.Key _ -> "keys";
            case Input.Line(String list, _) when !list.isEmpty() -> list;
            default -> null;
        };
    }

    /** The field that is filled in from this one as long as nobody did. */
    public @Nullable String suggests() {
        return field.input() instanceof Input.Line(_, String sibling) && !sibling.isEmpty()
                ? group + "/" + sibling
                : null;
    }

    public List<Option> options() {
        return field.input() instanceof Input.Choice(List<Option> options) ? options : List.of();
    }

    public List<FormNode> common() {
        return nodes.stream().filter(node -> !node.field.rare()).toList();
    }

    public List<FormNode> seldom() {
        return nodes.stream().filter(node -> node.field.rare()).toList();
    }

    /** What is behind the fold, in so far as there is room to say it. */
    public String folded() {
        List<String> labels =
                seldom().stream()
                        .filter(FormNode::asked)
                        .map(node -> node.label().toLowerCase(Locale.ROOT).replace("?", ""))
                        .toList();
        return labels.stream().limit(FOLDED_MAX).collect(Collectors.joining(", "))
                + (labels.size() > FOLDED_MAX ? " …" : "");
    }

    /** Whether the fold over its rare fields is open. */
    public boolean open() {
        return seldom().stream().anyMatch(FormNode::isNoticed);
    }

    private boolean isNoticed() {
        return asked && (!value.isEmpty() || problem != null || focus)
                || nodes.stream().anyMatch(FormNode::isNoticed);
    }

    /** What one more is called. */
    public String one() {
        return field.input() instanceof Input.Many(Field item) ? item.label() : "";
    }

    /** The field whose answer decides whether this one is asked; null where it always is. */
    public @Nullable String decider() {
        return decider(field.asked());
    }

    public String deciding() {
        return String.join(" ", field.asked().answers());
    }

    /** The field whose answer decides whether this one must be answered; null where none does. */
    public @Nullable String needDecider() {
        return field.needed() == null ? null : decider(field.needed());
    }

    public String needDeciding() {
        return field.needed() == null ? "" : String.join(" ", field.needed().answers());
    }

    private @Nullable String decider(When when) {
        return when.sibling().isEmpty() ? null : group + "/" + when.sibling();
    }
}
