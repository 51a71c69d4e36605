package org.agreementledger.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.api.Outlets;
import org.agreementledger.api.http.Origins;
import org.agreementledger.api.kafka.KafkaTopic;
import org.agreementledger.api.witness.WitnessAddress;
import org.agreementledger.api.witness.Witnessing;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.ServerAddress;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.webhooks.AddressRange;
import org.agreementledger.webhooks.AddressRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to serve, and serving until somebody ends it. */
final class Server {

    private static final int RATE_LIMIT_MAX = 1_000_000;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; 0 for any free one.")
    int port = 8080;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "Default: ${DEFAULT-VALUE}, this machine only; 0.0.0.0 for every network it is on.")
    String address = "127.0.0.1";

    @Option(
            names = "--verify-every",
            paramLabel = "TIME",
            description =
                    "How often the whole ledger is verified in the background, such as 24h, 90m or 7d; 0 for never. Default: ${DEFAULT-VALUE}.")
    String verifyEvery = "24h";

    @Option(
            names = "--rate-limit",
            paramLabel = "COUNT",
            description =
                    "How many requests a second one client may send, a token or else an address; 0 for any number. Default: 100, and 0 where only this machine can ask.")
    @Nullable Integer rateLimit;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            description =
                    "Pages of this origin may read, like https://grafana.example; * for every page. May be given several times; default: none.")
    List<String> corsOrigins = List.of();

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT,…",
            description = "Send every entry to a Kafka topic, by these brokers. Default: none.")
    @Nullable String kafka;

    @Option(
            names = "--kafka-topic",
            paramLabel = "TOPIC",
            description = "Default: ${DEFAULT-VALUE}; it is made where it is missing.")
    String kafkaTopic = "agreement-ledger";

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Properties of the Kafka client, for access and encryption (security.protocol, sasl.*, ssl.*).")
    @Nullable Path kafkaConfig;

    @Option(
            names = "--webhook-allow",
            paramLabel = "RANGE",
            split = ",",
            description =
                    "Addresses that webhooks may go to although they are not public, for example 10.1.2.0/24; there by http too.")
    List<String> webhookAllow = List.of();

    @Option(
            names = "--witness",
            paramLabel = "URL=KEY",
            description =
                    "A witness of this log (C2SP tlog-witness): its submission prefix, and its key name+id+base64. May be given several times; default: none.")
    List<WitnessAddress> witnesses = List.of();

    @Option(
            names = "--witness-for",
            paramLabel = "KEY",
            description =
                    "Be a witness of the log that signs with this key, name+id+base64; the name is its origin. May be given several times; default: none.")
    List<VerifierKey> witnessFor = List.of();

    @Option(
            names = "--witness-key",
            paramLabel = "FILE",
            description =
                    "The private key to cosign with as a witness, Ed25519 in PEM (default: witness-key.pem beside the data, made when it is first needed).")
    @Nullable Path witnessKey;

    @Option(
            names = "--witness-name",
            paramLabel = "NAME",
            description =
                    "The name of that key, for ever (default: this log's origin with /witness behind it).")
    @Nullable String witnessName;

    @Mixin final Admission admission = new Admission();

    void check() {
        verificationPeriod();
        admission.check(listensOn());
        if (port < 0 || port > 65_535) {
            throw Failure.usage("--port takes a number from 0 to 65535, not " + port + ".");
        }
        if (rateLimit != null && (rateLimit < 0 || rateLimit > RATE_LIMIT_MAX)) {
            throw Failure.usage(
                    "--rate-limit takes a number from 0 to "
                            + RATE_LIMIT_MAX
                            + ", not "
                            + rateLimit
                            + ".");
        }
        origins();
        kafkaTopic();
        webhookTargets();
    }

    /** What is refused only of some ledgers. */
    void check(LedgerNode node, Place place, Clock clock) {
        admission.check(listensOn(), node, place, clock);
        if (kafka != null) {
            requireWritable("--kafka", node);
        }
        if (!witnesses.isEmpty()) {
            requireWritable("--witness", node);
        }
        if (!witnessFor.isEmpty()) {
            requireWritable("--witness-for", node);
            node.witness(witnessFor, witnessKey, witnessName);
        }
    }

    private static void requireWritable(String option, LedgerNode node) {
        node.readOnly()
                .ifPresent(why -> {
                    throw Failure.usage(option + " is for a ledger that takes entries. " + why);
                });
    }

    private InetAddress listensOn() {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw Failure.usage("'" + address + "' is not an address of this machine.", e);
        }
    }

    private Origins origins() {
        try {
            return Origins.of(corsOrigins);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--cors-origin: " + e.getMessage() + ".", e);
        }
    }

    private @Nullable KafkaTopic kafkaTopic() {
        if (kafka == null) {
            if (kafkaConfig != null) {
                throw Failure.usage("--kafka-config needs --kafka: where are the brokers?");
            }
            return null;
        }
        try {
            return new KafkaTopic(kafka, kafkaTopic, kafkaProperties());
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--kafka: " + e.getMessage() + ".", e);
        }
    }

    private Map<String, String> kafkaProperties() {
        if (kafkaConfig == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(kafkaConfig)) {
            properties.load(file);
        } catch (IOException e) {
            throw Failure.usage("--kafka-config: " + kafkaConfig + " cannot be read.", e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private AddressRules webhookTargets() {
        try {
            return new AddressRules(webhookAllow.stream().map(AddressRange::parse).toList());
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--webhook-allow: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Serves until Ctrl-C or SIGTERM end the process, or the thread is interrupted. The ledger is
     * closed with the server.
     */
    int serve(Terminal terminal, LedgerNode node, Actor actor) {
        try (LedgerApplication.Server server = start(terminal, node, actor)) {
            tellOthers(node, server);
            if (!witnessFor.isEmpty()) {
                terminal.say(
                        "A witness for "
                                + Phrases.count(witnessFor.size(), "log", "logs")
                                + ", with the key "
                                + node.witness(witnessFor, witnessKey, witnessName).key());
            }
            if (verificationPeriod().isPositive()) {
                node.watch(verificationPeriod());
            }
            terminal.out().println("Serving at " + server.address() + " — Ctrl-C ends it.");
            terminal.out().flush();
            Thread onExit = new Thread(server::close, "ledger-stop");
            Runtime.getRuntime().addShutdownHook(onExit);
            awaitInterrupt();
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
        return ExitCode.FINE;
    }

    private Duration verificationPeriod() {
        String time = verifyEvery.strip().toUpperCase(Locale.ROOT);
        try {
            Duration period =
                    time.equals("0")
                            ? Duration.ZERO
                            : Duration.parse((time.endsWith("D") ? "P" : "PT") + time);
            if (!period.isNegative()) {
                return period;
            }
        } catch (DateTimeParseException _) {
            throw wrongPeriod();
        }
        throw wrongPeriod();
    }

    private Failure wrongPeriod() {
        return Failure.usage(
                "--verify-every takes a time such as 24h, 90m or 7d, or 0, not '"
                        + verifyEvery
                        + "'.");
    }

    /** Who finds the database in use is told by whom. Whoever opens it next takes the note away. */
    private static void tellOthers(LedgerNode node, LedgerApplication.Server server) {
        Path folder = node.database().settings().folder();
        if (folder != null) {
            ServerAddress.write(
                    folder, new ServerAddress.Note(server.address(), server.console().reveal()));
        }
    }

    /** The one place where the command line meets Spring. */
    private LedgerApplication.Server start(Terminal terminal, LedgerNode node, Actor actor) {
        Logging.ofServer();
        try {
            return LedgerApplication.start(
                    node,
                    new Listen(
                            listensOn(),
                            port,
                            actor.id(),
                            admission.access(listensOn(), terminal.clock()),
                            rateLimit),
                    new Outlets(
                            origins(),
                            kafkaTopic(),
                            webhookTargets(),
                            new Witnessing(witnesses, witnessFor, witnessKey, witnessName)),
                    terminal.clock());
        } catch (Failure e) {
            throw e;
        } catch (LedgerApplication.AddressInUse e) {
            throw Failure.cannotRun(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw Failure.cannotRun("The server cannot start: " + Reasons.first(e) + ".", e);
        }
    }

    private static void awaitInterrupt() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException _) {
            // That is how a caller in the same process ends it.
        }
    }
}
