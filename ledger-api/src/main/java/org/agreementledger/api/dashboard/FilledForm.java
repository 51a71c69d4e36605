package org.agreementledger.api.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.api.dashboard.Field.Input.Choice;
import org.agreementledger.api.dashboard.Field.Input.Fixed;
import org.agreementledger.api.dashboard.Field.Input.Group;
import org.agreementledger.api.dashboard.Field.Input.Many;
import org.agreementledger.api.dashboard.Field.Input.Tick;
import org.agreementledger.api.dashboard.Field.Input.Words;
import org.agreementledger.api.dashboard.Field.Option;
import org.agreementledger.api.problems.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * A form with what was answered so far. Its fields are named by where their answers stand in the
 * entry (RFC 6901), so that a form becomes an entry, and an entry a form, without any further
 * knowledge of either.
 *
 * <p>An item that is left blank is left out of the entry, so the items behind it stand at other
 * places there than in the form.
 */
final class FilledForm {

    private static final Pattern ITEM = Pattern.compile("(.*?)/(\\d{1,4})(?=/|$)");
    private static final String TICKED = "on";
    private static final int NAME_LENGTH_MAX = 80;

    private final Field root;
    private final Map<String, String> answers;

    /** Of each list, by its pointer: the numbers of its items. */
    private final Map<String, SortedSet<Integer>> items = new HashMap<>();

    private FilledForm(Field root, Map<String, String> answers) {
        this.root = root;
        this.answers = answers;
        answers.keySet().forEach(this::note);
    }

    private void note(String pointer) {
        Matcher item = ITEM.matcher(pointer);
        while (item.find()) {
            items.computeIfAbsent(pointer.substring(0, item.end(1)), _ -> new TreeSet<>())
                    .add(Integer.valueOf(item.group(2)));
        }
    }

    /**
     * With an entry, or what is known of it, and one blank item in each list that must not stay
     * empty.
     */
    static FilledForm filled(Field root, Map<String, ?> entry) {
        Map<String, String> answers = new LinkedHashMap<>();
        fill(root, "", entry, answers);
        return new FilledForm(root, answers);
    }

    private static void fill(
            Field field, String pointer, @Nullable Object json, Map<String, String> answers) {
        switch (field.input()) {
            case Fixed _ -> {}
            case Group(List<Field> fields) ->
                    fields.forEach(inner ->
                            fill(
                                    inner,
                                    pointer + "/" + inner.name(),
                                    json instanceof Map<?, ?> object
                                            ? object.get(inner.name())
                                            : null,
                                    answers));
            case Many(Field item) -> {
                if (json instanceof List<?> list) {
                    for (int i = 0; i < list.size(); i++) {
                        fill(item, pointer + "/" + i, list.get(i), answers);
                    }
                } else if (field.needed() != null) {
                    fill(item, pointer + "/0", null, answers);
                }
            }
            case Tick(boolean ticked) -> {
                if (json instanceof Boolean given && given == ticked) {
                    answers.put(pointer, TICKED);
                }
            }
            case Choice(List<Option> options) ->
                    answers.put(
                            pointer,
                            options.stream()
                                    .filter(option -> option.json().equals(json))
                                    .findFirst()
                                    .map(Option::value)
                                    .orElse(""));
            default -> answers.put(pointer, json == null ? "" : json.toString());
        }
    }

    /**
     * As it was sent.
     *
     * @throws Rejected for a field that the form does not have
     */
    static FilledForm sent(Field root, Map<String, String> answers) {
        for (String pointer : answers.keySet()) {
            if (find(root, pointer).isEmpty()) {
                throw noField(pointer);
            }
        }
        return new FilledForm(root, answers);
    }

    private Field at(String pointer) {
        return find(root, pointer).orElseThrow(() -> noField(pointer));
    }

    private static Optional<Field> find(Field root, String pointer) {
        Optional<Field> field = Optional.of(root).filter(_ -> pointer.startsWith("/"));
        for (String name : pointer.replaceFirst("/", "").split("/", -1)) {
            field = field.flatMap(outer -> inside(outer, name));
        }
        return field;
    }

    private static Optional<Field> inside(Field field, String name) {
        return switch (field.input()) {
            case Group(List<Field> fields) ->
                    fields.stream().filter(inner -> inner.name().equals(name)).findFirst();
            case Many(Field item) when name.matches("\\d{1,4}") -> Optional.of(item);
            default -> Optional.empty();
        };
    }

    /** The field at that pointer, if it is one that can be seen. */
    Optional<Field> seen(String pointer) {
        return find(root, pointer).filter(field -> !(field.input() instanceof Fixed));
    }

    /** The first field there that takes an answer. */
    String first(String pointer) {
        return at(pointer).input() instanceof Group(List<Field> fields)
                ? fields.stream()
                        .filter(field -> !(field.input() instanceof Fixed))
                        .findFirst()
                        .map(field -> first(pointer + "/" + field.name()))
                        .orElse(pointer)
                : pointer;
    }

    private static Rejected noField(String pointer) {
        return Rejected.malformed(
                "This form has no field '"
                        + (pointer.length() > NAME_LENGTH_MAX
                                ? pointer.substring(0, NAME_LENGTH_MAX) + "…"
                                : pointer)
                        + "'.");
    }

    /** With one more item in that list; its pointer is that of the {@link #newest} then. */
    FilledForm withItem(String list) {
        if (!(at(list).input() instanceof Many(Field item))) {
            throw noField(list);
        }
        Map<String, String> more = new LinkedHashMap<>(answers);
        fill(item, list + "/" + next(list), null, more);
        return new FilledForm(root, more);
    }

    FilledForm withoutItem(String pointer) {
        at(pointer);
        Map<String, String> less = new LinkedHashMap<>(answers);
        less.keySet().removeIf(name -> name.equals(pointer) || name.startsWith(pointer + "/"));
        return new FilledForm(root, less);
    }

    private int next(String list) {
        SortedSet<Integer> numbers = numbers(list);
        return numbers.isEmpty() ? 0 : numbers.last() + 1;
    }

    String newest(String list) {
        return list + "/" + numbers(list).last();
    }

    private SortedSet<Integer> numbers(String list) {
        return items.getOrDefault(list, new TreeSet<>());
    }

    private String answer(String pointer) {
        return answers.getOrDefault(pointer, "");
    }

    /** A browser sends every line end as two characters. */
    private String text(String pointer) {
        return answer(pointer).replace("\r\n", "\n");
    }

    /** Of a group's field, with which others are asked. */
    private String sibling(List<Field> fields, String group, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .map(field ->
                        field.input() instanceof Fixed(Object value)
                                ? value.toString()
                                : answer(group + "/" + name))
                .orElseThrow();
    }

    // ---- the entry

    /**
     * What the form says.
     *
     * @param places the pointer of each place's field, by its pointer in the entry
     */
    record Said(Map<String, Object> entry, Map<String, String> places) {

        /** Of the field that holds that place of the entry, or of the nearest group around it. */
        String field(String place) {
            String known = place;
            while (!places.containsKey(known)) {
                known = known.substring(0, known.lastIndexOf('/'));
            }
            return places.get(known) + (known.isEmpty() ? place : place.substring(known.length()));
        }
    }

    @SuppressWarnings("unchecked")
    Said said() {
        Map<String, String> places = new HashMap<>();
        Object entry = json(root, "", "", places);
        return new Said((Map<String, Object>) entry, places);
    }

    private @Nullable Object json(
            Field field, String pointer, String place, Map<String, String> places) {
        places.put(place, pointer);
        return switch (field.input()) {
            case Fixed(Object value) -> value;
            case Tick(boolean ticked) -> answer(pointer).isEmpty() ? null : (Object) ticked;
            case Choice(List<Option> options) ->
                    options.stream()
                            .filter(option -> option.value().equals(answer(pointer)))
                            .findFirst()
                            .map(Option::json)
                            .orElse(blankToNull(answer(pointer)));
            case Group(List<Field> fields) -> object(fields, pointer, place, places);
            case Many(Field item) -> {
                List<Object> list = new ArrayList<>();
                for (int number : numbers(pointer)) {
                    Object json =
                            json(item, pointer + "/" + number, place + "/" + list.size(), places);
                    if (json != null) {
                        list.add(json);
                    }
                }
                yield list.isEmpty() ? null : list;
            }
            case Words _ -> blankToNull(text(pointer));
            default -> blankToNull(text(pointer).strip());
        };
    }

    /** Null for a group in which nothing was answered. */
    private @Nullable Object object(
            List<Field> fields, String pointer, String place, Map<String, String> places) {
        Map<String, Object> object = new LinkedHashMap<>();
        boolean answered = pointer.isEmpty();
        for (Field field : fields) {
            if (isAsked(field, fields, pointer)) {
                String name = "/" + field.name();
                Object json = json(field, pointer + name, place + name, places);
                if (json != null) {
                    object.put(field.name(), json);
                    answered |= !(field.input() instanceof Fixed);
                }
            }
        }
        return answered ? object : null;
    }

    private boolean isAsked(Field field, List<Field> fields, String group) {
        return field.asked().holds(name -> sibling(fields, group, name));
    }

    private boolean isNeeded(Field field, List<Field> fields, String group) {
        return field.needed() != null && field.needed().holds(name -> sibling(fields, group, name));
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    // ---- what is still to be answered

    /**
     * @param label what the field is called
     */
    record Missing(String pointer, String label) {}

    List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        addMissing(root, "", true, missing);
        return missing;
    }

    private void addMissing(Field field, String pointer, boolean needed, List<Missing> missing) {
        boolean blank = json(field, pointer, "", new HashMap<>()) == null;
        if (blank && !needed) {
            return;
        }
        switch (field.input()) {
            case Group(List<Field> fields) ->
                    fields.stream()
                            .filter(inner -> isAsked(inner, fields, pointer))
                            .forEach(inner ->
                                    addMissing(
                                            inner,
                                            pointer + "/" + inner.name(),
                                            isNeeded(inner, fields, pointer),
                                            missing));
            case Many(Field item) when !blank ->
                    numbers(pointer)
                            .forEach(number ->
                                    addMissing(item, pointer + "/" + number, false, missing));
            default -> {
                if (blank) {
                    missing.add(new Missing(pointer, field.label()));
                }
            }
        }
    }

    // ---- to be shown

    /**
     * @param problems to be told at fields, by their pointers
     * @param focus the pointer of the field to go on with; empty for none
     */
    FormNode shown(Map<String, String> problems, String focus) {
        return node(root, "", "", problems, focus, true, true, List.of());
    }

    private FormNode node(
            Field field,
            String pointer,
            String group,
            Map<String, String> problems,
            String focus,
            boolean asked,
            boolean marked,
            List<Field> siblings) {
        List<FormNode> nodes = new ArrayList<>();
        switch (field.input()) {
            case Group(List<Field> fields) -> {
                for (Field inner : fields) {
                    nodes.add(
                            node(
                                    inner,
                                    pointer + "/" + inner.name(),
                                    pointer,
                                    problems,
                                    focus,
                                    isAsked(inner, fields, pointer),
                                    isMarked(inner, field),
                                    fields));
                }
            }
            case Many(Field item) -> {
                for (int number : numbers(pointer)) {
                    nodes.add(
                            node(
                                    item,
                                    pointer + "/" + number,
                                    pointer,
                                    problems,
                                    focus,
                                    true,
                                    false,
                                    List.of()));
                }
            }
            default -> {}
        }
        return new FormNode(
                field,
                pointer,
                group,
                answer(pointer),
                asked,
                isNeeded(field, siblings, group),
                marked,
                problems.get(pointer),
                pointer.equals(focus),
                nodes);
    }

    /** A group that may be left blank needs nothing until something is answered in it. */
    private static boolean isMarked(Field field, Field group) {
        return field.needed() != null
                && (group.name().isEmpty()
                        || group.needed() != null
                        || !field.needed().equals(Field.When.ALWAYS));
    }
}
