package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.agreementledger.faults.ServerProcess.NotStarted;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full, or says that it could not keep what was forced to it. */
@Tag("faults")
class FailingDiskTest {

    @TempDir Path folder;

    private final Journal journal = new Journal();

    @Test
    void the_disk_is_full() throws Exception {
        String fault = "disk full";
        Path disk = Files.createDirectory(folder.resolve("disk"));
        if (!Faults.has("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString())) {
            throw Faults.leftOut(fault, "a file system of 16 MB cannot be mounted here");
        }
        long began = System.nanoTime();
        try {
            String data = disk.resolve("data").toString();
            try (ServerProcess server = ServerProcess.start("--data", data)) {
                writeUntilItFails(server, 4_000);
            }
            assertThat(restartedOnAFullDisk(data)).isNotEmpty();
            Faults.run("mount", "-o", "remount,size=256m", disk.toString());
            lookAfterwards(fault, disk.resolve("data"), began);
        } finally {
            Faults.run("umount", disk.toString());
        }
    }

    /** It may serve what there is, or say why it does not. */
    private static String restartedOnAFullDisk(String data) throws IOException {
        try (ServerProcess server = ServerProcess.start("--data", data)) {
            return "serves at " + server.address();
        } catch (NotStarted e) {
            assertThat(e.exitCode()).isEqualTo(3);
            assertThat(e.getMessage()).startsWith("ledger: ").contains("No space left on device");
            assertThat(e.getMessage().lines()).hasSize(1);
            return e.getMessage();
        }
    }

    @Test
    void an_fsync_fails_once() throws Exception {
        fsyncFails("fsync fails once (EIO)", "when=200");
    }

    @Test
    void each_fsync_fails_from_then_on() throws Exception {
        fsyncFails("fsync fails for ever (EIO)", "when=200+");
    }

    private void fsyncFails(String fault, String when) throws Exception {
        if (!Faults.has("strace", "-f", "-o", folder.resolve("try").toString(), "true")) {
            throw Faults.leftOut(fault, "strace is not there, or may not trace");
        }
        long began = System.nanoTime();
        Path data = folder.resolve("data");
        List<String> strace =
                List.of(
                        "strace",
                        "-f",
                        "--seccomp-bpf",
                        "-o",
                        folder.resolve("trace").toString(),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO:" + when);
        try (ServerProcess server =
                ServerProcess.start(strace, Map.of(), "--data", data.toString())) {
            writeUntilItFails(server, 0);
        }
        assertThat(Files.readString(folder.resolve("trace"))).contains("EIO");
        lookAfterwards(fault, data, began);
    }

    private void writeUntilItFails(ServerProcess server, int padding) throws Exception {
        try (Clients _ =
                new Clients(List.of(server.address()), journal, padding)
                        .start(8, 11, Faults.agreements(6))) {
            for (int second = 0; second < 60 && journal.failures().isEmpty(); second++) {
                Faults.pause(1_000);
            }
            Faults.pause(3_000);
        }
        assertThat(journal.failures().keySet())
                .anySatisfy(said ->
                        assertThat(said)
                                .contains("/problems/not-durable", "until the ledger is started"));
        assertThat(journal.acknowledged())
                .as("acknowledged after the disk failed")
                .noneMatch(write -> write.began() > journal.firstFailure());
        assertThat(health(server).statusCode()).isEqualTo(503);
        assertThat(health(server).body()).contains("The disk did not take what was written");
        assertThat(server.errors().lines().filter(line -> line.contains(" ERROR ")).count())
                .as(server.errors())
                .isLessThan(20);
    }

    private static HttpResponse<String> health(ServerProcess server)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.address().resolve("/actuator/health")).build(),
                    BodyHandlers.ofString());
        }
    }

    private void lookAfterwards(String fault, Path data, long began) throws Exception {
        Aftermath aftermath = new Aftermath(journal);
        try (ServerProcess server = ServerProcess.start("--data", data.toString())) {
            aftermath.check(server.address());
        }
        Aftermath.verify("--data", data.toString());
        Faults.tell(
                fault,
                1,
                journal.acknowledged().size(),
                aftermath.missing(),
                aftermath.twice(),
                "nothing acknowledged from the failure to the restart; `verify` clean",
                began);
        assertThat(journal.acknowledged()).hasSizeGreaterThan(50);
    }
}
