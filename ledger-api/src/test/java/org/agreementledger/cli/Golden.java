package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected outputs, reviewed as contracts. After a change that is meant: {@code ./mvnw test
 * -Dgolden.write=true}, then read the difference.
 */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden/cli");

    private Golden() {}

    static void assertSame(String name, String printed) throws IOException {
        String steady =
                printed.replaceAll("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "2026-11-23T10:00:00.000Z")
                        .replaceAll(" --data \\S+", " --data DIR");
        Path file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, steady);
        }
        assertThat(steady).isEqualTo(Files.readString(file));
    }
}
