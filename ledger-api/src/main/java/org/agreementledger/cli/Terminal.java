package org.agreementledger.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;

/**
 * What a command talks to: data goes to {@code out}, everything else to {@code err}.
 *
 * @param environment NO_COLOR, COLUMNS, HOME, and LEDGER_TERMINAL, which names those of {@code out}
 *     and {@code err} that are terminals; without it both are where Java has a console
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        Clock clock) {

    private static final int WIDTH_DEFAULT = 100;

    Page page() {
        boolean colours = isTerminal("out") && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Page(out, width(), colours);
    }

    int width() {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", "").strip());
            return columns > 0 ? columns : WIDTH_DEFAULT;
        } catch (NumberFormatException _) {
            return WIDTH_DEFAULT;
        }
    }

    boolean isTerminal(String stream) {
        String named = environment.get("LEDGER_TERMINAL");
        if (named != null) {
            return Arrays.asList(named.split(",")).contains(stream);
        }
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void json(Object answer) {
        Json.onManyLines(answer, out);
        out.println();
    }

    /** A sentence beside the data. */
    void say(String sentence) {
        err.println("ledger: " + Text.of(sentence));
        err.flush();
    }

    Progress progress(String task, String unit, long max) {
        return Progress.start(this, task, unit, max);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }
}
