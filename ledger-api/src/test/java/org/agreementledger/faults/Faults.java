package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.opentest4j.TestAbortedException;

/** What the faults have in common, and the table that is left of them. */
final class Faults {

    private static final Path TABLE = Path.of("target", "faults.md");

    private Faults() {}

    /** Printed, and added to {@code target/faults.md}. */
    static void tell(
            String fault,
            int rounds,
            int acknowledged,
            int missing,
            int twice,
            String afterwards,
            long began) {
        print(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %,d | %d | %d | %s | %d |%n",
                        fault,
                        rounds,
                        acknowledged,
                        missing,
                        twice,
                        afterwards,
                        Duration.ofNanos(System.nanoTime() - began).toSeconds()));
    }

    /** A fault that cannot be shown here. */
    static TestAbortedException leftOut(String fault, String why) {
        print("| " + fault + " | left out: " + why + " | | | | | |\n");
        return new TestAbortedException(fault + ": " + why);
    }

    private static void print(String row) {
        try {
            Files.createDirectories(TABLE.getParent());
            if (!Files.exists(TABLE)) {
                Files.writeString(
                        TABLE,
                        """
                        | fault | rounds | acknowledged | missing | twice | afterwards | seconds |
                        |---|---|---|---|---|---|---|
                        """);
            }
            Files.writeString(TABLE, row, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(row);
        System.out.flush();
    }

    static List<String> agreements(int count) {
        return IntStream.range(0, count).mapToObj(number -> "agreement-" + number).toList();
    }

    static void pause(long milliseconds) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static boolean has(String... line) {
        try {
            return new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void run(String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(String.join(" ", line) + ": " + said).isZero();
    }
}
