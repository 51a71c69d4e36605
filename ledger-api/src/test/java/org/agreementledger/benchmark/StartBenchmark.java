package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the start of a process to the first answer that it is healthy, of the packaged server, in
 * turns: {@code ./mvnw -DskipTests package && ./mvnw verify -Pbenchmark -Dtest=StartBenchmark}. It
 * prints a table and asserts nothing about time.
 */
@Tag("benchmark")
class StartBenchmark {

    private static final Path JAR = Path.of("target", "ledger.jar").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    private static final String BEANS = "-Dspring.aot.enabled=true";
    private static final int ROUNDS = Integer.getInteger("benchmark.start.rounds", 7);

    @TempDir Path folder;

    @Test
    void to_the_first_answer() throws Exception {
        assertThat(JAR).as("package it first: ./mvnw -DskipTests package").exists();
        Path taken = folder.resolve("rehearsed");
        Path jar = taken.resolve("ledger.jar");
        Path cache = taken.resolve("ledger.aot");
        run(
                "-Djarmode=tools",
                "-jar",
                JAR.toString(),
                "extract",
                "--destination",
                taken.toString());
        run("-XX:AOTCacheOutput=" + cache, BEANS, NATIVE, "-jar", jar.toString(), "rehearse");
        assertThat(cache).exists();
        String cached = "-XX:AOTCache=" + cache;
        Map<String, List<String>> ways = new LinkedHashMap<>();
        ways.put("java -jar", List.of(NATIVE, "-jar", JAR.toString()));
        ways.put("taken apart", List.of(NATIVE, "-jar", jar.toString()));
        ways.put("taken apart, beans of the build", List.of(BEANS, NATIVE, "-jar", jar.toString()));
        ways.put("with an AOT cache, too", List.of(cached, BEANS, NATIVE, "-jar", jar.toString()));
        ways.put(
                "the same, quick compiler only",
                List.of(cached, BEANS, "-XX:TieredStopAtLevel=1", NATIVE, "-jar", jar.toString()));
        Map<String, Sample> taking = new LinkedHashMap<>();
        Sample bare = new Sample(ROUNDS);
        ways.keySet().forEach(way -> taking.put(way, new Sample(ROUNDS)));
        for (int round = -1; round < ROUNDS; round++) {
            long start = System.nanoTime();
            run("--version");
            if (round >= 0) {
                bare.add(System.nanoTime() - start);
            }
            for (Map.Entry<String, List<String>> way : ways.entrySet()) {
                long took = start(way.getValue(), folder.resolve(way.getKey()));
                if (round >= 0) {
                    taking.get(way.getKey()).add(took);
                }
            }
        }
        try (Report report = new Report("start")) {
            report.heading("of java -jar", "what", "median s", "slowest s");
            double first = taking.get("java -jar").milliseconds(0.5);
            taking.forEach((way, sample) -> row(report, way, sample, first));
            row(report, "a JVM that says its version", bare, first);
        }
    }

    private static void row(Report report, String what, Sample sample, double first) {
        report.row(
                sample.milliseconds(0.5) / first,
                what,
                sample.milliseconds(0.5) / 1_000,
                sample.milliseconds(1) / 1_000);
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(Stream.concat(Stream.of(JAVA), Stream.of(arguments)).toList())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Nanoseconds from the start of the process to 200. */
    private static long start(List<String> java, Path data) throws Exception {
        // As ./ledger does: else a JVM that the cache does not fit says so where we read.
        List<String> command =
                new ArrayList<>(List.of(JAVA, "-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(java);
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        long start = System.nanoTime();
        Process server =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader said = server.inputReader()) {
            String line = said.readLine();
            assertThat(line).contains("Serving at ");
            URI address = URI.create(line.replaceAll(".*Serving at (\\S+).*", "$1"));
            new LoopbackClient(address).time("/actuator/health");
            return System.nanoTime() - start;
        } finally {
            server.destroy();
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }
}
