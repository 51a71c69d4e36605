package org.agreementledger.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agreementledger.cli.LedgerCommand;

/** {@code ./ledger serve} in a process of its own. */
final class ServerProcess implements AutoCloseable {

    /** It ended before it served. */
    static final class NotStarted extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int exitCode;

        NotStarted(int exitCode, String said) {
            super(said);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final Process process;
    private final BufferedReader output;
    private final URI address;
    private final Path errors;

    private ServerProcess(Process process, BufferedReader output, URI address, Path errors) {
        this.process = process;
        this.output = output;
        this.address = address;
        this.errors = errors;
    }

    static ServerProcess start(String... options) throws IOException {
        return start(List.of(), Map.of(), options);
    }

    /**
     * @param wrapper a command that runs the one behind it
     * @throws NotStarted with what it said
     */
    static ServerProcess start(
            List<String> wrapper, Map<String, String> environment, String... options)
            throws IOException {
        List<String> line = new ArrayList<>(wrapper);
        line.addAll(java());
        line.addAll(List.of(LedgerCommand.class.getName(), "serve", "--port", "0"));
        line.addAll(List.of(options));
        Path errors = Files.createTempFile("ledger-serve", ".err");
        errors.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader output = process.inputReader();
        String said = output.readLine();
        while (said != null && !said.startsWith("Serving at ")) {
            said = output.readLine();
        }
        if (said == null) {
            throw new NotStarted(await(process), Files.readString(errors));
        }
        return new ServerProcess(process, output, URI.create(said.split(" ")[2]), errors);
    }

    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"));
    }

    URI address() {
        return address;
    }

    long pid() {
        return java().getFirst().equals(process.info().command().orElse(""))
                ? process.pid()
                : process.descendants().findFirst().orElseThrow().pid();
    }

    /** What it said on standard error so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** SIGKILL, to it and whatever wraps it. */
    void kill() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        await(process);
    }

    /** SIGTERM, and SIGKILL after a while. */
    @Override
    public void close() throws IOException {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroy);
        if (!ended()) {
            kill();
        }
        output.close();
    }

    private boolean ended() {
        try {
            return process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
