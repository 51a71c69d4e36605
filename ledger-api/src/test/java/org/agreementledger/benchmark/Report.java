package org.agreementledger.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables that a benchmark prints, and leaves in {@code target/benchmark}. */
final class Report implements AutoCloseable {

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Report(String name) {
        this.file = Path.of("target", "benchmark", name + ".md").toAbsolutePath();
    }

    void heading(String... columns) {
        say("");
        say("| " + String.join(" | ", columns) + " |");
        say("|---".repeat(columns.length) + "|");
    }

    /** Numbers are written with as many digits as say something. */
    void row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(text(cell)).append(" |");
        }
        say(row.toString());
    }

    private static String text(Object cell) {
        return switch (cell) {
            case Double number when number < 10 -> String.format(Locale.ROOT, "%.2f", number);
            case Double number when number < 100 -> String.format(Locale.ROOT, "%.1f", number);
            case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
            default -> String.valueOf(cell);
        };
    }

    void say(String line) {
        System.out.println(line);
        lines.add(line);
    }

    @Override
    public void close() {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("Written to " + file);
    }
}
