package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a server that is written to jumps by up to ten days, forth and back. */
@Tag("faults")
class JumpingClockTest {

    private static final int JUMPS = 40;

    @TempDir Path folder;

    @Test
    void the_clock_jumps_forth_and_back() throws Exception {
        String fault = "clock jumps forth and back";
        Path library = library();
        if (library == null) {
            throw Faults.leftOut(fault, "libfaketime is not there");
        }
        long began = System.nanoTime();
        Path now = Files.writeString(folder.resolve("now"), "+0");
        Path data = folder.resolve("data");
        Random random = new Random(5);
        Aftermath aftermath = new Aftermath(new Journal());
        Map<String, String> faked =
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        now.toString(),
                        "FAKETIME_NO_CACHE",
                        "1",
                        "DONT_FAKE_MONOTONIC",
                        "1");
        try (ServerProcess server =
                ServerProcess.start(List.of(), faked, "--data", data.toString())) {
            try (Clients _ =
                    new Clients(server.address(), aftermath.journal())
                            .start(4, 3, Faults.agreements(4))) {
                for (int jump = 0; jump < JUMPS; jump++) {
                    Faults.pause(200);
                    Files.writeString(now, "%+d".formatted(random.nextInt(1_728_000) - 864_000));
                }
            }
            aftermath.check(server.address());
        }
        assertThat(daysRecordedOn(aftermath)).as("the jumps were seen").isGreaterThan(1);
        Aftermath.verify("--data", data.toString());
        Faults.tell(
                fault,
                JUMPS,
                aftermath.journal().acknowledged().size(),
                aftermath.missing(),
                aftermath.twice(),
                "record time never decreased; `verify` clean",
                began);
    }

    private static long daysRecordedOn(Aftermath aftermath) {
        return aftermath.journal().acknowledged().stream()
                .map(write -> write.body().replaceAll("(?s).*\"recordedAt\":\"(.{10}).*", "$1"))
                .distinct()
                .count();
    }

    private static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
        }
    }
}
