package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.api.json.AnswerJson;
import tools.jackson.databind.JsonNode;

/** Runs command lines as ada does, on one folder, on a day in November 2026. */
final class Shell {

    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final Path data;
    private final Map<String, String> environment = new HashMap<>();
    private final Clock clock;

    Shell(Path data) {
        this.data = data;
        environment.put("LEDGER_TERMINAL", "");
        environment.put("HOME", data.resolve("home").toString());
        long started = System.nanoTime();
        InstantSource moving = () -> START.plusNanos(System.nanoTime() - started);
        clock = moving.withZone(ZoneOffset.UTC);
    }

    Shell with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What came out of one command. */
    record Output(int exitCode, String out, String err) {
        Output isFine() {
            assertThat(exitCode).as(err + out).isZero();
            return this;
        }

        JsonNode json() {
            return AnswerJson.MAPPER.readTree(out);
        }

        /** One sentence, and nothing that only a programmer could read. */
        Output refusedWith(int expected, String... parts) {
            assertThat(exitCode).as(err + out).isEqualTo(expected);
            assertThat(err.lines()).as(err).hasSize(1);
            assertThat(err).startsWith("ledger: ").contains(parts).doesNotContain("Exception");
            assertThat(err).hasSizeLessThan(500);
            assertThat(out).isEmpty();
            return this;
        }
    }

    /** On this shell's folder, as ada. */
    Output run(String... args) {
        return type("", args);
    }

    /** The same, with that text on standard input. */
    Output type(String input, String... args) {
        List<String> line = new ArrayList<>(List.of(args));
        line.addAll(List.of("--data", data.toString(), "--as", "ada"));
        return raw(input, line.toArray(String[]::new));
    }

    Output raw(String input, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int exitCode = command().run(new PrintWriter(out), new PrintWriter(err), in, args);
        return new Output(exitCode, out.toString(), err.toString());
    }

    /**
     * In a process of its own, because one process shares the database with itself.
     *
     * @param wrapper a command that runs the one behind it
     */
    static Output elsewhere(List<String> wrapper, String... args)
            throws IOException, InterruptedException {
        Path err = Files.createTempFile("ledger", ".err");
        try {
            Process process =
                    new ProcessBuilder(line(wrapper, args)).redirectError(err.toFile()).start();
            String out = process.inputReader().readAllAsString();
            return new Output(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /** The same for one that is not waited for, and that nobody listens to. */
    static Process start(String... args) throws IOException {
        return new ProcessBuilder(line(List.of(), args))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> line(List<String> wrapper, String... args) {
        List<String> line = new ArrayList<>(wrapper);
        line.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerCommand.class.getName()));
        line.addAll(List.of(args));
        return line;
    }

    /** Whose output nobody reads. */
    Terminal terminal() {
        return new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                InputStream.nullInputStream(),
                environment,
                clock);
    }

    LedgerCommand command() {
        return new LedgerCommand(clock, environment);
    }
}
