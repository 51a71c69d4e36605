package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a server that is written to jumps by up to ten days, forth and back. */
@Tag("faults")
class JumpingClockTest {

    private static final int JUMPS = 100;
    private static final long DAYS_10 = Duration.ofDays(10).toSeconds();

    @TempDir Path folder;

    @Test
    void the_clock_jumps_forth_and_back() throws Exception {
        String fault = "clock jumps forth and back";
        Path library = folder.resolve("clock.so");
        if (!Faults.has("cc", "-shared", "-fPIC", "-o", library.toString(), source(), "-ldl")) {
            throw Faults.leftOut(fault, "there is no C compiler, or this is not Linux");
        }
        long began = System.nanoTime();
        Path ahead = folder.resolve("ahead");
        set(ahead, 0);
        Path data = folder.resolve("data");
        Random random = new Random(5);
        Aftermath aftermath = new Aftermath(new Journal());
        Map<String, String> faked =
                Map.of("LD_PRELOAD", library.toString(), "CLOCK_AHEAD", ahead.toString());
        try (ServerProcess server =
                ServerProcess.start(List.of(), faked, "--data", data.toString())) {
            try (Clients _ =
                    new Clients(server.address(), aftermath.journal())
                            .start(4, 3, Faults.agreements(4))) {
                for (int jump = 0; jump < JUMPS; jump++) {
                    Faults.pause(200);
                    set(ahead, random.nextLong(-DAYS_10, DAYS_10));
                }
            }
            aftermath.check(server.address());
        }
        assertThat(daysRecordedOn(aftermath)).as("the jumps were seen").isGreaterThan(1);
        assertThat(aftermath.journal().acknowledged()).hasSizeGreaterThan(JUMPS);
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

    /**
     * Written in place: who has mapped the file sees it at once.
     *
     * @param seconds by how much the clock is to be ahead
     */
    private static void set(Path ahead, long seconds) throws IOException {
        Files.write(
                ahead,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(seconds)
                        .array(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private static String source() throws URISyntaxException {
        return Path.of(JumpingClockTest.class.getResource("clock.c").toURI()).toString();
    }
}
