package org.agreementledger.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.search.Fragment;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every audit query against a look at each entry, on random ledgers. */
class AuditQueriesLawTest {

    private static final int SEEDS = 1;
    private static final int QUESTIONS = 80;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> WORDS =
            List.of("alpha", "alphabet", "beta", "Béta", "gamma", "DELTA", "délta");
    private static final List<String> CATEGORIES = List.of("exclusivity", "licence", "revenue");
    private static final List<String> ACTORS = List.of("ada", "grace", "Zoë O'Neil");

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, SEEDS)
                                .mapToObj(seed -> Arguments.of(database, (long) seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void pages_put_together_are_what_a_look_at_each_entry_finds(TestDatabase database, long seed)
            throws IOException {
        LedgerNode.Location location = database.fresh(folder);
        List<Submission> all = submissions(seed);
        Random random = new Random(seed);
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            record(node, all.subList(0, all.size() / 2));
            assertLaw(node, random, seed);
            record(node, all.subList(all.size() / 2, all.size()));
            assertLaw(node, random, seed);
        }
        try (LedgerNode node = LedgerNode.openToRead(location, Clock.systemUTC())) {
            assertLaw(node, random, seed);
        }
        delete(indexFolder(location));
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            assertLaw(node, random, seed);
        }
        truncate(pick(random, filesOf(indexFolder(location))));
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            assertLaw(node, random, seed);
        }
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            List<Long> progress = new ArrayList<>();
            node.rebuilds().run(2, _ -> {});
            node.index().rebuild(progress::add);
            assertThat(progress.getLast()).isEqualTo(node.log().newest() + 1);
            assertLaw(node, random, seed);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void the_index_of_another_ledger_is_not_taken(TestDatabase database, long seed)
            throws IOException {
        LedgerNode.Location one = database.fresh(folder);
        LedgerNode.Location other = database.fresh(folder);
        Random random = new Random(seed);
        for (LedgerNode.Location location : List.of(one, other)) {
            try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
                record(node, submissions(location == one ? seed : seed + 100));
                assertLaw(node, random, seed);
            }
        }
        Path place = indexFolder(other);
        delete(place);
        Files.move(indexFolder(one), place);

        try (LedgerNode node = LedgerNode.open(other, Clock.systemUTC())) {
            assertLaw(node, random, seed);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void pages_neither_skip_nor_repeat_while_others_write(TestDatabase database, long seed)
            throws InterruptedException {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            node.keepSearchReady();
            List<Submission> all = submissions(seed);
            record(node, all.subList(0, 3));
            List<Receipt> receipts = new ArrayList<>();
            Thread writer =
                    new Thread(() ->
                            all.stream()
                                    .skip(3)
                                    .forEach(submission ->
                                            receipts.addAll(
                                                    node.ledger().recordAll(List.of(submission)))));
            writer.start();
            do {
                List<Long> read =
                        read(node, OF_ANNOUNCEMENTS, new Random(seed)).stream()
                                .map(EntryAnswer::position)
                                .toList();
                List<Long> then = every(node, "announcement");
                assertThat(then.subList(0, read.size())).isEqualTo(read);
            } while (writer.isAlive());
            writer.join();
            assertThat(node.readModels().await(receipts, SOON)).isTrue();
            assertThat(read(node, OF_ANNOUNCEMENTS, new Random(seed)))
                    .extracting(EntryAnswer::position)
                    .isEqualTo(every(node, "announcement"))
                    .isNotEmpty();
        }
    }

    private static List<Long> every(LedgerNode node, String kind) {
        return entries(node).stream()
                .filter(entry -> entry.kind().equals(kind))
                .map(EntryAnswer::position)
                .toList();
    }

    // ---- the law

    private static void assertLaw(LedgerNode node, Random random, long seed) {
        List<EntryAnswer> entries = entries(node);
        int hits = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Question question = question(entries, random);
            List<EntryAnswer> expected = entries.stream().filter(question.holds()).toList();
            List<EntryAnswer> read = read(node, question.filter(), random);
            assertThat(read.stream().map(EntryAnswer::position).toList())
                    .as("%s, seed %d", question.filter(), seed)
                    .isEqualTo(expected.stream().map(EntryAnswer::position).toList());
            assertThat(read.stream().map(entry -> entry.withMatches(List.of())).toList())
                    .isEqualTo(expected.stream().map(e -> e.withMatches(List.of())).toList());
            int few = 1 + random.nextInt(20);
            assertThat(node.entries().newest(question.filter(), few))
                    .as("the newest %d of %s, seed %d", few, question.filter(), seed)
                    .isEqualTo(
                            read.subList(Math.max(0, read.size() - few), read.size()).reversed());
            if (question.filter().words() != null) {
                read.forEach(AuditQueriesLawTest::assertPointsAtItsWords);
            }
            hits += expected.size();
        }
        assertThat(hits).isGreaterThan(QUESTIONS);
    }

    private static void assertPointsAtItsWords(EntryAnswer entry) {
        assertThat(entry.matches()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
        for (Fragment fragment : Objects.requireNonNull(entry.matches())) {
            String piece =
                    fragment.parts().stream()
                            .map(Fragment.Part::text)
                            .collect(Collectors.joining());
            assertThat((String) at(entry.entry(), fragment.pointer())).contains(piece);
            assertThat(fragment.parts()).anyMatch(Fragment.Part::hit);
        }
    }

    private static Object at(Object tree, String pointer) {
        Object place = tree;
        for (String step : pointer.substring(1).split("/")) {
            place =
                    place instanceof List<?> list
                            ? list.get(Integer.parseInt(step))
                            : Objects.requireNonNull(((Map<?, ?>) place).get(step));
        }
        return place;
    }

    private static List<EntryAnswer> entries(LedgerNode node) {
        return node.entries().page(EntryFilter.ANY, -1, 100_000).items();
    }

    private static List<EntryAnswer> read(LedgerNode node, EntryFilter filter, Random random) {
        List<EntryAnswer> read = new ArrayList<>();
        Long after = -1L;
        while (after != null) {
            int limit = 1 + random.nextInt(40);
            Entries.Page page = node.entries().page(filter, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            read.addAll(page.items());
            after = page.next();
        }
        return read;
    }

    // ---- questions, and what they mean

    private record Question(EntryFilter filter, Predicate<EntryAnswer> holds) {}

    private record Asked(String text, Predicate<List<List<String>>> holds) {}

    private static final EntryFilter OF_ANNOUNCEMENTS =
            new EntryFilter(
                    null,
                    "announcement",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);

    private static Question question(List<EntryAnswer> entries, Random random) {
        String agreement = sometimes(random, 20, "agreement-" + random.nextInt(3));
        String kind = sometimes(random, 15, pick(random, entries).kind());
        String party =
                sometimes(random, 15, pick(random, List.of("acme", "globex", "initech", "none")));
        String actor = sometimes(random, 15, pick(random, ACTORS));
        String effect = sometimes(random, 15, pick(random, entries).effect().sum());
        String verdict =
                sometimes(
                        random,
                        10,
                        pick(
                                random,
                                List.of("upheld", "contradicted", "reworded", "unknown-term")));
        String term =
                sometimes(
                        random,
                        15,
                        pick(random, List.of("rate", "fee", "x.y", keyOf(pick(random, entries)))));
        String category = sometimes(random, 15, pick(random, CATEGORIES));
        String standing = sometimes(random, 15, pick(random, List.of("confirmed", "reported")));
        String ref = sometimes(random, 8, "ref-" + random.nextInt(6));
        LocalDate occurredFrom = sometimes(random, 15, occurredOn(pick(random, entries)));
        LocalDate occurredTo = sometimes(random, 15, occurredOn(pick(random, entries)));
        Instant recordedFrom =
                sometimes(
                        random, 15, recordedAt(pick(random, entries)).plusNanos(random.nextInt(3)));
        Instant recordedTo = sometimes(random, 15, recordedAt(pick(random, entries)));
        Asked asked = sometimes(random, 40, asked(random));
        EntryFilter filter =
                new EntryFilter(
                        agreement,
                        kind,
                        party,
                        actor,
                        effect,
                        verdict,
                        term,
                        category,
                        standing,
                        ref,
                        occurredFrom,
                        occurredTo,
                        recordedFrom,
                        recordedTo,
                        asked == null ? null : new SearchExpression(asked.text()));
        return new Question(
                filter,
                e ->
                        (agreement == null || e.agreementId().equals(agreement))
                                && (kind == null || e.kind().equals(kind))
                                && (party == null || parties(e.entry()).contains(party))
                                && (actor == null
                                        || Objects.requireNonNull(e.recordedBy())
                                                .id()
                                                .equals(actor))
                                && (effect == null || e.effect().sum().equals(effect))
                                && (verdict == null
                                        || e.verdicts().stream()
                                                .anyMatch(v -> v.verdict().equals(verdict)))
                                && (term == null || keys(e.entry()).contains(term))
                                && (category == null || categories(e.entry()).contains(category))
                                && (standing == null || standing.equals(e.standing()))
                                && (ref == null || ref.equals(e.entry().get("ref")))
                                && (occurredFrom == null || !occurredOn(e).isBefore(occurredFrom))
                                && (occurredTo == null || !occurredOn(e).isAfter(occurredTo))
                                && (recordedFrom == null || !recordedAt(e).isBefore(recordedFrom))
                                && (recordedTo == null || !recordedAt(e).isAfter(recordedTo))
                                && (asked == null || asked.holds().test(texts(e.entry()))));
    }

    private static Asked asked(Random random) {
        List<Asked> alternatives = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            Asked first = asked(pick(random, WORDS), random);
            if (random.nextInt(3) == 0) {
                Asked second = asked(pick(random, WORDS), random);
                boolean not = random.nextBoolean();
                first =
                        new Asked(
                                first.text() + (not ? " -" : " ") + second.text(),
                                first.holds().and(not ? second.holds().negate() : second.holds()));
            }
            alternatives.add(first);
        }
        return alternatives.stream()
                .reduce((a, b) -> new Asked(a.text() + " OR " + b.text(), a.holds().or(b.holds())))
                .orElseThrow();
    }

    private static Asked asked(String word, Random random) {
        String folded = folded(word);
        return switch (random.nextInt(3)) {
            case 0 -> new Asked(word, texts -> anyWord(texts, folded::equals));
            case 1 -> {
                String begin = word.substring(0, 2 + random.nextInt(word.length() - 2));
                yield new Asked(
                        begin + "*", texts -> anyWord(texts, w -> w.startsWith(folded(begin))));
            }
            default -> {
                String next = pick(random, WORDS);
                yield new Asked(
                        "\"" + word + " " + next + "\"",
                        texts ->
                                texts.stream()
                                        .anyMatch(text ->
                                                IntStream.range(1, text.size())
                                                        .anyMatch(i ->
                                                                text.get(i - 1).equals(folded)
                                                                        && text.get(i)
                                                                                .equals(
                                                                                        folded(
                                                                                                next)))));
            }
        };
    }

    private static boolean anyWord(List<List<String>> texts, Predicate<String> fits) {
        return texts.stream().flatMap(List::stream).anyMatch(fits);
    }

    private static String folded(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static List<List<String>> texts(Map<?, ?> tree) {
        List<List<String>> texts = new ArrayList<>();
        tree.forEach((name, value) -> {
            if (value instanceof String text
                    && List.of(
                                    "title",
                                    "summary",
                                    "statement",
                                    "quote",
                                    "condition",
                                    "reason",
                                    "scope")
                            .contains(name)) {
                texts.add(
                        Stream.of(text.split("[^\\p{L}\\p{N}\\p{Mn}]+"))
                                .map(AuditQueriesLawTest::folded)
                                .toList());
            } else if (value instanceof Map<?, ?> map) {
                texts.addAll(texts(map));
            } else if (value instanceof List<?> list) {
                list.stream()
                        .filter(Map.class::isInstance)
                        .forEach(item -> texts.addAll(texts((Map<?, ?>) item)));
            }
        });
        return texts;
    }

    private static List<Object> parties(Map<?, ?> entry) {
        List<Object> ids = new ArrayList<>();
        for (String name : List.of("parties", "speakers", "partners", "investors")) {
            items(entry, name).forEach(party -> ids.add(party.get("id")));
        }
        if (entry.get("recipient") instanceof Map<?, ?> recipient) {
            ids.add(recipient.get("id"));
        }
        for (Map<?, ?> change : items(entry, "partyChanges")) {
            ids.add(change.get("from"));
            if (change.get("to") instanceof Map<?, ?> to) {
                ids.add(to.get("id"));
            }
        }
        replacement(entry).ifPresent(replacement -> ids.addAll(parties(replacement)));
        return ids;
    }

    private static List<Object> keys(Map<?, ?> entry) {
        List<Object> keys = new ArrayList<>();
        for (String name : List.of("terms", "concerns")) {
            items(entry, name).forEach(item -> keys.add(item.get("key")));
        }
        for (String name : List.of("notAddressed", "survives")) {
            if (entry.get(name) instanceof List<?> named) {
                keys.addAll(named);
            }
        }
        replacement(entry).ifPresent(replacement -> keys.addAll(keys(replacement)));
        return keys;
    }

    private static List<Object> categories(Map<?, ?> entry) {
        List<Object> categories = new ArrayList<>();
        items(entry, "terms").forEach(action -> categories.add(action.get("category")));
        replacement(entry).ifPresent(replacement -> categories.addAll(categories(replacement)));
        return categories;
    }

    private static Optional<Map<?, ?>> replacement(Map<?, ?> entry) {
        return Optional.ofNullable((Map<?, ?>) entry.get("replacement"));
    }

    private static List<Map<?, ?>> items(Map<?, ?> entry, String name) {
        List<Map<?, ?>> items = new ArrayList<>();
        if (entry.get(name) instanceof List<?> list) {
            list.forEach(item -> items.add((Map<?, ?>) item));
        }
        return items;
    }

    private static String keyOf(EntryAnswer entry) {
        return keys(entry.entry()).stream()
                .map(String::valueOf)
                .filter(key -> !key.equals("*"))
                .findFirst()
                .orElse("rate");
    }

    private static LocalDate occurredOn(EntryAnswer entry) {
        return Day.parse(entry.occurredOn()).date();
    }

    private static Instant recordedAt(EntryAnswer entry) {
        return Objects.requireNonNull(entry.recordedAt());
    }

    private static <T> @Nullable T sometimes(Random random, int percent, T value) {
        return random.nextInt(100) < percent ? value : null;
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    // ---- a ledger with words in it

    private static List<Submission> submissions(long seed) {
        Random random = new Random(seed);
        return RandomLedger.of(seed, 3, 60).stream()
                .map(entry ->
                        new Submission(
                                new RecordEntry(worded(entry, random), null),
                                Actor.local(pick(random, ACTORS)),
                                null))
                .toList();
    }

    private static Entry worded(Entry entry, Random random) {
        Map<String, Object> tree = new LinkedHashMap<>(EntryJson.write(entry));
        tree.put("title", words(random));
        tree.put("summary", words(random));
        tree.put("sources", List.of(Map.of("title", words(random), "quote", words(random))));
        categorise(tree, random);
        if (tree.get("replacement") instanceof Map<?, ?> replacement) {
            Map<String, Object> worded = new LinkedHashMap<>();
            replacement.forEach((name, value) -> worded.put((String) name, value));
            worded.put("title", words(random));
            categorise(worded, random);
            tree.put("replacement", worded);
        }
        return EntryJson.stored(tree);
    }

    private static void categorise(Map<String, Object> tree, Random random) {
        if (tree.get("terms") instanceof List<?> actions) {
            tree.put(
                    "terms",
                    actions.stream()
                            .map(action -> {
                                Map<Object, Object> fields =
                                        new LinkedHashMap<>((Map<?, ?>) action);
                                if (List.of("introduce", "change", "disclose")
                                        .contains(fields.get("action"))) {
                                    fields.put("category", pick(random, CATEGORIES));
                                }
                                return fields;
                            })
                            .toList());
        }
    }

    private static String words(Random random) {
        return random.ints(1 + random.nextInt(4), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    private static void record(LedgerNode node, List<Submission> submissions) {
        List<Receipt> receipts = node.ledger().recordAll(submissions);
        assertThat(node.readModels().await(receipts, SOON)).isTrue();
    }

    // ---- the index on the disk

    private static Path indexFolder(LedgerNode.Location location) throws IOException {
        Path search = location.data().resolve("search");
        if (location.url() == null) {
            return search;
        }
        try (Stream<Path> slots = Files.list(search)) {
            return slots.findFirst().orElseThrow();
        }
    }

    private static void truncate(Path file) throws IOException {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() / 2);
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toFile().length() > 0).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
