package org.agreementledger.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.agreementledger.webhooks.AddressRange;
import org.agreementledger.webhooks.AddressRules;
import org.agreementledger.webhooks.Message;
import org.agreementledger.webhooks.Outcome;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt, at receivers of every kind. */
@Timeout(60)
class HttpSenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Names NAMES = Names.ofThisMachine(Duration.ofSeconds(5));

    private final HttpSender sender = sender(LIMIT);
    private final HttpSender hasty = sender(SHORT);

    private static HttpSender sender(Duration limit) {
        return new HttpSender(Receiver.ALLOWED, NAMES, limit, Clock.systemUTC(), null);
    }

    @AfterEach
    void close() {
        sender.close();
        hasty.close();
    }

    private static Message to(String url) {
        return new Message(
                URI.create(url), Map.of("webhook-id", "1"), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private Outcome send(String url) {
        return sender.send(to(url));
    }

    /** Answers in bytes, not in HTTP, and not at all where it throws. */
    private interface Behaviour {
        void answer(Socket caller, OutputStream out) throws Exception;
    }

    private static final class RawReceiver implements AutoCloseable {

        final ServerSocket socket;
        final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

        RawReceiver(Behaviour behaviour) throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        while (!socket.isClosed()) {
                            try (Socket caller = socket.accept()) {
                                requests.add(head(caller.getInputStream()));
                                behaviour.answer(caller, caller.getOutputStream());
                            } catch (Exception _) {
                                // The caller has gone, as it should.
                            }
                        }
                    });
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            return head.toString();
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Outcome sendTo(Behaviour behaviour) throws IOException {
        try (RawReceiver receiver = new RawReceiver(behaviour)) {
            return send(receiver.url());
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    // ---- what is sent

    @Test
    void a_message_arrives_as_it_is_with_nothing_that_was_not_asked_for() throws Exception {
        try (Receiver receiver = new Receiver()) {
            Outcome outcome =
                    sender.send(
                            new Message(
                                    receiver.url(),
                                    Map.of("webhook-id", "abc"),
                                    "{\"ü\":1}".getBytes(StandardCharsets.UTF_8)));

            assertThat(outcome).isEqualTo(new Outcome(204, null, Duration.ZERO));
            Receiver.Received request = receiver.next();
            assertThat(request.body()).isEqualTo("{\"ü\":1}");
            assertThat(request.header("Content-Type")).startsWith("application/json");
            assertThat(request.headers().keySet())
                    .extracting(String::toLowerCase)
                    .containsExactlyInAnyOrder(
                            "webhook-id",
                            "content-type",
                            "content-length",
                            "host",
                            "connection",
                            "user-agent");
        }
    }

    @Test
    void a_cookie_is_not_brought_back() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answers(_ -> new Receiver.Reply(200, Map.of("Set-Cookie", "a=b; Path=/")));
            send(receiver.url().toString());
            send(receiver.url().toString());

            assertThat(receiver.next(2).getLast().header("Cookie")).isEmpty();
        }
    }

    @Test
    void host_and_name_at_tls_are_those_of_the_subscription(@TempDir Path folder) throws Exception {
        SSLContext tls = selfSigned(folder, "hooks.example");
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(
                "/",
                exchange -> {
                    var session =
                            (ExtendedSSLSession)
                                    ((com.sun.net.httpserver.HttpsExchange) exchange)
                                            .getSSLSession();
                    seen.add(exchange.getRequestHeaders().getFirst("Host"));
                    seen.add(session.getRequestedServerNames().toString());
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        int port = server.getAddress().getPort();
        try (HttpSender trusting =
                new HttpSender(
                        Receiver.ALLOWED,
                        _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        Duration.ofSeconds(5),
                        Clock.systemUTC(),
                        new DefaultClientTlsStrategy(tls))) {
            assertThat(trusting.send(to("https://hooks.example:" + port + "/")).failure()).isNull();
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("hooks.example:" + port);
            assertThat(seen.poll(5, TimeUnit.SECONDS)).contains("hooks.example");

            assertThat(trusting.send(to("https://other.example:" + port + "/")).failure())
                    .startsWith("fails at TLS")
                    .contains("other.example");
            assertThat(send("https://127.0.0.1:" + port + "/").failure())
                    .startsWith("fails at TLS");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext selfSigned(Path folder, String name) throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "receiver",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:" + name,
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory key = KeyManagerFactory.getInstance("PKIX");
        key.init(keys, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    // ---- where it is sent

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "https://127.0.0.1:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[::1]:%d/",
                "http://0.0.0.0:%d/"
            })
    void nothing_of_this_machine_is_connected_to(String url) throws Exception {
        try (Receiver receiver = new Receiver();
                HttpSender strict =
                        new HttpSender(
                                new AddressRules(List.of()),
                                NAMES,
                                LIMIT,
                                Clock.systemUTC(),
                                null)) {
            assertThat(strict.send(to(url.formatted(receiver.url().getPort()))).failure())
                    .contains("is not connected to", "not a public address");
            assertThat(receiver.rest()).isEmpty();
        }
    }

    @Test
    void a_name_that_stands_for_another_address_by_then_gains_nothing() throws Exception {
        ArrayDeque<String> addresses = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
        Names rebinding = _ -> new InetAddress[] {InetAddress.ofLiteral(addresses.removeFirst())};
        AddressRules rules = new AddressRules(List.of());
        try (Receiver receiver = new Receiver();
                HttpSender strict =
                        new HttpSender(rules, rebinding, LIMIT, Clock.systemUTC(), null)) {
            String url = "https://rebinding.example:" + receiver.url().getPort() + "/";

            assertThat(new Targets(rules, rebinding).refusal(URI.create(url))).isEmpty();
            assertThat(strict.send(to(url)).failure())
                    .isEqualTo(
                            "is not connected to: 127.0.0.1 is not a public address, and whoever runs this ledger has not allowed it");
            assertThat(addresses).isEmpty();
            assertThat(receiver.rest()).isEmpty();
        }
    }

    @Test
    void nor_does_a_private_address_behind_one_that_does_not_answer() throws Exception {
        try (Receiver receiver = new Receiver();
                ServerSocket nobody = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"));
                HttpSender strict =
                        new HttpSender(
                                new AddressRules(List.of(AddressRange.parse("127.0.0.2"))),
                                _ ->
                                        new InetAddress[] {
                                            InetAddress.ofLiteral("127.0.0.2"),
                                            InetAddress.ofLiteral("127.0.0.1")
                                        },
                                LIMIT,
                                Clock.systemUTC(),
                                null)) {
            nobody.close();

            assertThat(
                            strict.send(to("http://two.example:" + receiver.url().getPort() + "/"))
                                    .failure())
                    .contains("127.0.0.1 is not a public address");
            assertThat(receiver.rest()).isEmpty();
        }
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        try (Receiver elsewhere = new Receiver();
                Receiver receiver = new Receiver()) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                receiver.answers(_ ->
                        new Receiver.Reply(status, Map.of("Location", elsewhere.url().toString())));
                assertThat(send(receiver.url().toString()).failure())
                        .startsWith("answered " + status + ", a redirect");
            }
            assertThat(elsewhere.rest()).isEmpty();
        }
    }

    @Test
    void a_proxy_of_the_environment_is_not_used() throws Exception {
        try (Receiver proxy = new Receiver();
                Receiver receiver = new Receiver()) {
            List<String> names = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");
            try {
                for (String name : names) {
                    System.setProperty(name, "127.0.0.1");
                    System.setProperty(name.replace("Host", "Port"), "" + proxy.url().getPort());
                }
                System.setProperty("http.nonProxyHosts", "");
                assertThat(send(receiver.url().toString()).failure()).isNull();
                assertThat(proxy.rest()).isEmpty();
            } finally {
                for (String name : names) {
                    System.clearProperty(name);
                    System.clearProperty(name.replace("Host", "Port"));
                }
                System.clearProperty("http.nonProxyHosts");
            }
        }
    }

    @Test
    void a_name_without_an_address_is_a_failure_like_any_other() {
        try (HttpSender lost =
                new HttpSender(
                        Receiver.ALLOWED,
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        LIMIT,
                        Clock.systemUTC(),
                        null)) {
            assertThat(lost.send(to("http://nowhere.example/")).failure())
                    .isEqualTo("cannot be found: its name has no address");
        }
    }

    @Test
    void nobody_there_is_a_failure() throws Exception {
        ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        nobody.close();

        assertThat(send("http://127.0.0.1:" + nobody.getLocalPort() + "/").failure())
                .startsWith("cannot be connected to")
                .contains("refused");
    }

    // ---- what comes back

    private void assertLate(Behaviour behaviour) throws IOException {
        try (RawReceiver receiver = new RawReceiver(behaviour)) {
            assertThat(hasty.send(to(receiver.url())))
                    .isEqualTo(Outcome.noAnswer("did not answer within 0.4 s"));
        }
    }

    @Test
    void who_does_not_answer_in_time_has_failed() throws Exception {
        assertLate((caller, _) -> caller.getInputStream().readAllBytes());
    }

    @Test
    void who_drips_an_answer_byte_by_byte_has_failed_as_well() throws Exception {
        assertLate((caller, out) -> {
            caller.setSoTimeout(50);
            for (String letter : ("HTTP/1.1 200 OK\r\nX: " + "y".repeat(1_000)).split("")) {
                say(out, letter);
                awaitNothing(caller);
            }
        });
    }

    /** Takes 50 ms, or throws when the caller is gone. */
    private static void awaitNothing(Socket caller) throws IOException {
        try {
            while (caller.getInputStream().read() >= 0) {}
            throw new IOException("gone");
        } catch (java.net.SocketTimeoutException _) {
            // That was it.
        }
    }

    @Test
    void who_does_not_take_a_message_has_failed() throws Exception {
        byte[] large = new byte[8 << 20];
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome =
                    hasty.send(
                            new Message(
                                    URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/"),
                                    Map.of(),
                                    large));
            assertThat(outcome.failure()).isEqualTo("did not answer within 0.4 s");
        }
    }

    @Test
    void an_acknowledgement_counts_whatever_its_body_does() throws Exception {
        Outcome acknowledged = new Outcome(200, null, Duration.ZERO);
        byte[] megabyte = new byte[1 << 20];

        assertThat(
                        sendTo((_, out) -> {
                            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n");
                            for (int i = 0; i < 2048; i++) {
                                out.write(megabyte);
                            }
                        }))
                .isEqualTo(acknowledged);
        assertThat(
                        sendTo((_, out) -> {
                            say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                            while (true) {
                                say(out, "100000\r\n");
                                out.write(megabyte);
                                say(out, "\r\n");
                            }
                        }))
                .isEqualTo(acknowledged);
        assertThat(
                        sendTo((_, out) ->
                                say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")))
                .isEqualTo(acknowledged);
        assertThat(
                        sendTo((_, out) ->
                                say(
                                        out,
                                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")))
                .isEqualTo(acknowledged);
    }

    @Test
    void and_however_long_it_takes() throws Exception {
        try (HttpSender quick = sender(Duration.ofSeconds(1));
                RawReceiver receiver =
                        new RawReceiver((caller, out) -> {
                            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                            caller.getInputStream().readAllBytes();
                        })) {
            assertThat(quick.send(to(receiver.url())).status()).isEqualTo(200);
        }
    }

    @Test
    void who_closes_at_once_has_failed() throws Exception {
        assertThat(sendTo((_, _) -> {}).failure())
                .isEqualTo("closed the connection without an answer");
    }

    @Test
    void endless_headers_do_not_fill_the_memory() throws Exception {
        assertThat(
                        sendTo(
                                        (_, out) -> {
                                            say(out, "HTTP/1.1 200 OK\r\nX: ");
                                            while (true) {
                                                out.write(new byte[1 << 16]);
                                            }
                                        })
                                .failure())
                .startsWith("did not answer in HTTP");
        assertThat(
                        sendTo(
                                        (_, out) -> {
                                            say(out, "HTTP/1.1 200 OK\r\n");
                                            while (true) {
                                                say(out, "X: y\r\n");
                                            }
                                        })
                                .failure())
                .startsWith("did not answer in HTTP");
    }

    @Test
    void what_is_not_http_has_failed() throws Exception {
        assertThat(sendTo((_, out) -> say(out, "SSH-2.0-OpenSSH_9.2\r\n")).failure())
                .isNotNull()
                .doesNotContain("OpenSSH");
    }

    @Test
    void interim_answers_without_end_have_failed() throws Exception {
        assertLate((_, out) -> {
            while (true) {
                say(out, "HTTP/1.1 102 Processing\r\n\r\n");
            }
        });
    }

    @Test
    void a_connection_is_used_again() throws Exception {
        try (RawReceiver receiver =
                new RawReceiver((caller, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                    caller.getInputStream().skipNBytes(2);
                    RawReceiver.head(caller.getInputStream());
                    say(out, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
                })) {
            assertThat(send(receiver.url()).status()).isEqualTo(200);
            assertThat(send(receiver.url()).status()).isEqualTo(201);
        }
    }

    @Test
    void retry_after_is_told() throws Exception {
        assertThat(
                        sendTo((_, out) ->
                                say(
                                        out,
                                        "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n")))
                .isEqualTo(new Outcome(503, "answered 503", Duration.ofMinutes(2)));
    }

    @Test
    void closing_cuts_short_what_is_under_way() throws Exception {
        HttpSender patient =
                new HttpSender(
                        Receiver.ALLOWED, NAMES, Duration.ofMinutes(5), Clock.systemUTC(), null);
        try (RawReceiver receiver =
                new RawReceiver((caller, _) -> caller.getInputStream().readAllBytes())) {
            Thread attempt = Thread.ofPlatform().start(() -> patient.send(to(receiver.url())));
            receiver.requests.take();

            patient.close();

            assertThat(attempt.join(Duration.ofSeconds(10))).isTrue();
        }
    }
}
