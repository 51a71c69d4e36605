package org.agreementledger.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.agreementledger.axon.AxonServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the events of a ledger are, if not in its database; for the commands that record. */
final class AxonServerOptions {

    private static final String VARIABLE = "LEDGER_AXON_SERVER";
    private static final Set<String> SETTINGS = Set.of("context", "token", "tls", "certificate");

    @Option(
            names = "--axon-server",
            paramLabel = "HOST:PORT,…",
            order = 803,
            description =
                    "Keep the events in Axon Server, and send requests by its command bus; in builds with the profile axon-server (default: neither; or $LEDGER_AXON_SERVER).")
    @Nullable String addresses;

    @Option(
            names = "--axon-server-config",
            paramLabel = "FILE",
            order = 804,
            description =
                    "Properties of that connection: context (default), token, tls (true or false), certificate (a file of whom to trust, in PEM).")
    @Nullable Path config;

    /** Null for the database itself. */
    @Nullable AxonServer server(Terminal terminal) {
        String at = addresses != null ? addresses : terminal.environment().get(VARIABLE);
        if (at == null) {
            if (config != null) {
                throw Failure.usage("--axon-server-config needs --axon-server: where is it?");
            }
            return null;
        }
        Properties settings = settings();
        String certificate = settings.getProperty("certificate");
        try {
            AxonServer.requireClient();
            return new AxonServer(
                    at,
                    settings.getProperty("context", AxonServer.DEFAULT_CONTEXT),
                    settings.getProperty("token"),
                    tls(settings.getProperty("tls", "false")),
                    certificate == null ? null : Path.of(certificate));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    (addresses != null ? "--axon-server" : "$" + VARIABLE)
                            + ": "
                            + e.getMessage()
                            + ".",
                    e);
        }
    }

    private static boolean tls(String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw Failure.usage("--axon-server-config: tls is true or false, not '" + value + "'.");
    }

    private Properties settings() {
        Properties settings = new Properties();
        if (config == null) {
            return settings;
        }
        try (Reader file = Files.newBufferedReader(config)) {
            settings.load(file);
        } catch (IOException e) {
            throw Failure.usage("--axon-server-config: " + config + " cannot be read.", e);
        }
        Set<String> unknown = new TreeSet<>(settings.stringPropertyNames());
        unknown.removeAll(SETTINGS);
        if (!unknown.isEmpty()) {
            throw Failure.usage(
                    "--axon-server-config: there is no setting "
                            + String.join(", ", unknown)
                            + "; there are "
                            + String.join(", ", new TreeSet<>(SETTINGS))
                            + ".");
        }
        return settings;
    }
}
