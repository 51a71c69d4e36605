package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.agreementledger.json.EntryJson;

/**
 * A large ledger made up from a seed, for benchmarks: many agreements of 10 to 10,000 entries with
 * 20 terms each, of all kinds but closings, retroactive now and then, with words to search for.
 * Every entry is accepted when each agreement's are recorded in order.
 */
public final class LargeLedger {

    public static final LocalDate FIRST_DAY = LocalDate.of(2001, 1, 1);
    public static final int DAYS = 9_000;
    public static final int KEYS = 20;
    public static final int ORGANISATIONS = 500;
    private static final int WORDS = 5_000;

    /** Of each hundred agreements one has so many entries; the others share what is left. */
    private static final List<Integer> LENGTHS = List.of(10, 100, 1_000, 10_000);

    private final long seed;
    private final List<Integer> lengths;

    private LargeLedger(long seed, List<Integer> lengths) {
        this.seed = seed;
        this.lengths = lengths;
    }

    /** One agreement for every thousand entries. */
    public static LargeLedger of(long seed, int entries) {
        int agreements = Math.max(10, entries / 1_000);
        List<Integer> lengths = new ArrayList<>();
        int left = entries;
        for (int length : LENGTHS) {
            for (int i = 0; i < Math.max(1, agreements / 100) && length <= left / 2; i++) {
                lengths.add(length);
                left -= length;
            }
        }
        while (lengths.size() < agreements) {
            int length = left / (agreements - lengths.size());
            lengths.add(length);
            left -= length;
        }
        Collections.shuffle(lengths, new Random(seed));
        return new LargeLedger(seed, lengths);
    }

    public int agreements() {
        return lengths.size();
    }

    public int length(int agreement) {
        return lengths.get(agreement);
    }

    public static AgreementId id(int agreement) {
        return new AgreementId("agreement-" + agreement);
    }

    public static String key(int key) {
        return "terms.key" + key;
    }

    public static String organisation(int organisation) {
        return "organisation-" + organisation;
    }

    public static String word(int word) {
        return "word" + Integer.toString(word, 36);
    }

    public static LocalDate day(int entry, int length) {
        return FIRST_DAY.plusDays((long) DAYS * entry / length);
    }

    /** Those of one agreement, in order. */
    public Stream<Entry> entries(int agreement) {
        return entries(id(agreement), length(agreement), seed * 1_000_003 + agreement);
    }

    /** The same of one agreement that is not of a large ledger. */
    public static Stream<Entry> entries(AgreementId id, int length, long seed) {
        Writer writer = new Writer(new Random(seed), length);
        return Stream.iterate(0, i -> i < length, i -> i + 1)
                .map(i -> EntryJson.submitted(writer.entry(i), id));
    }

    private static final class Writer {
        private final Random random;
        private final int length;
        private final SequencedMap<Integer, Map<String, Object>> amendments = new LinkedHashMap<>();

        Writer(Random random, int length) {
            this.random = random;
            this.length = length;
        }

        Map<String, Object> entry(int i) {
            if (i == 0) {
                return opening();
            }
            String today = day(i, length).toString();
            return switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5 -> amendment(i, today, today);
                case 6 -> amendment(i, today, day(random.nextInt(i), length).toString());
                case 7, 8, 9 -> fundingRound(today);
                case 10, 11, 12 -> partnership(today);
                case 13 -> reported(today);
                case 14 -> correction(today);
                default -> announcement(today);
            };
        }

        private Map<String, Object> opening() {
            List<Object> terms = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                terms.add(provision("introduce", key));
            }
            Map<String, Object> opening = entry("opening", FIRST_DAY.toString());
            opening.put("parties", List.of(organisation(), party(ORGANISATIONS)));
            opening.put("terms", terms);
            return opening;
        }

        private Map<String, Object> amendment(int i, String occurredOn, String effectiveOn) {
            Map<String, Object> amendment = entry("amendment", occurredOn);
            amendment.put("effectiveOn", effectiveOn);
            amendment.put("terms", List.of(provision("change", random.nextInt(KEYS))));
            amendments.put(i + 1, amendment);
            return amendment;
        }

        private Map<String, Object> fundingRound(String occurredOn) {
            Map<String, Object> round = entry("funding-round", occurredOn);
            round.put("recipient", organisation());
            round.put("amount", money());
            Map<String, Object> investor = organisation();
            investor.put("amount", money());
            round.put("investors", List.of(investor));
            round.put("terms", List.of(reaffirm()));
            return round;
        }

        private Map<String, Object> partnership(String occurredOn) {
            Map<String, Object> partnership = entry("partnership", occurredOn);
            partnership.put("partners", List.of(organisation()));
            partnership.put("scope", words(8));
            return partnership;
        }

        private Map<String, Object> reported(String occurredOn) {
            Map<String, Object> announcement = entry("announcement", occurredOn);
            announcement.put("speakers", List.of(organisation()));
            announcement.put("standing", "reported");
            announcement.put("terms", List.of(reaffirm()));
            return announcement;
        }

        private Map<String, Object> announcement(String occurredOn) {
            Map<String, Object> announcement = entry("announcement", occurredOn);
            announcement.put("speakers", List.of(organisation()));
            List<Object> terms = new ArrayList<>();
            terms.add(reaffirm());
            if (random.nextInt(4) == 0) {
                terms.add(Map.of("action", "reaffirm", "key", "*", "since", occurredOn));
            }
            announcement.put("terms", terms);
            return announcement;
        }

        /** Of the newest amendment that nobody has corrected. */
        private Map<String, Object> correction(String occurredOn) {
            if (amendments.isEmpty()) {
                return partnership(occurredOn);
            }
            Map.Entry<Integer, Map<String, Object>> corrected = amendments.pollLastEntry();
            Map<String, Object> replacement = new LinkedHashMap<>(corrected.getValue());
            replacement.put("summary", words(12));
            Map<String, Object> correction = entry("correction", occurredOn);
            correction.put("corrects", corrected.getKey());
            correction.put("reason", words(6));
            correction.put("replacement", replacement);
            return correction;
        }

        private Map<String, Object> entry(String kind, String occurredOn) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kind", kind);
            entry.put("occurredOn", occurredOn);
            entry.put("title", words(6));
            entry.put("summary", words(12));
            entry.put(
                    "sources",
                    List.of(
                            Map.of(
                                    "id",
                                    "s1",
                                    "title",
                                    words(4),
                                    "url",
                                    "https://example.com/" + random.nextInt(1_000_000),
                                    "role",
                                    "party")));
            return entry;
        }

        private Map<String, Object> provision(String action, int key) {
            Map<String, Object> provision = new LinkedHashMap<>();
            provision.put("action", action);
            provision.put("key", key(key));
            provision.put("statement", words(10));
            provision.put("quote", words(15));
            provision.put("source", "s1");
            provision.put("category", "category-" + key % 7);
            if (random.nextBoolean()) {
                Map<String, Object> value = money();
                value.put("type", "money");
                provision.put("value", value);
            }
            return provision;
        }

        private Map<String, Object> reaffirm() {
            return Map.of("action", "reaffirm", "key", key(random.nextInt(KEYS)));
        }

        private Map<String, Object> money() {
            Map<String, Object> money = new LinkedHashMap<>();
            money.put("amount", Integer.toString(1_000 * (1 + random.nextInt(999))));
            money.put("currency", "USD");
            return money;
        }

        private Map<String, Object> organisation() {
            return party(random.nextInt(ORGANISATIONS));
        }

        private static Map<String, Object> party(int organisation) {
            Map<String, Object> party = new LinkedHashMap<>();
            party.put("id", LargeLedger.organisation(organisation));
            party.put("name", "Organisation " + organisation);
            return party;
        }

        /** Some words are much more frequent than others, as in speech. */
        private String words(int count) {
            StringBuilder words = new StringBuilder();
            for (int i = 0; i < count; i++) {
                double rank = Math.pow(WORDS, random.nextDouble()) - 1;
                words.append(i == 0 ? "" : " ").append(word((int) rank));
            }
            return words.toString();
        }
    }
}
