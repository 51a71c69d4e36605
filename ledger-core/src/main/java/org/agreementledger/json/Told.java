package org.agreementledger.json;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a message repeats of what it was given: short, printable, and with the near miss named. */
final class Told {

    private static final int LENGTH_MAX = 80;

    private Told() {}

    /** At most 80 characters, and none that a terminal or a page could not show. */
    static String clip(String text) {
        String start =
                text.codePoints()
                        .limit(LENGTH_MAX)
                        .map(c -> Place.isText(c) ? c : 0xFFFD)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        return text.codePointCount(0, text.length()) > LENGTH_MAX ? start + "…" : start;
    }

    /** {@code "; did you mean 'title'?"}, or nothing where no name is near. */
    static String nearMiss(String given, List<String> names) {
        String bare = bare(given);
        if (bare.isEmpty() || bare.length() > LENGTH_MAX) {
            return "";
        }
        String best = "";
        int least = Math.clamp(bare.length() / 2, 1, 3) + 1;
        for (String name : names) {
            int distance = distance(bare, bare(name));
            if (distance < least) {
                least = distance;
                best = "; did you mean '" + name + "'?";
            }
        }
        return best;
    }

    static String withArticle(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }

    /** So that {@code occurred_on} is as near as can be to {@code occurredOn}. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Levenshtein's. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
