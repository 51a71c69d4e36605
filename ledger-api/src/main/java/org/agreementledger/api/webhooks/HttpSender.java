package org.agreementledger.api.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.agreementledger.webhooks.AddressRules;
import org.agreementledger.webhooks.Message;
import org.agreementledger.webhooks.Outcome;
import org.agreementledger.webhooks.Sender;
import org.agreementledger.webhooks.Webhooks;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends over HTTP, once and to nowhere else than it is told: no redirect, proxy, cookie or
 * credential, and no address that the rules refuse. What a receiver answers can neither hold nor
 * fill this process.
 */
final class HttpSender implements Sender {

    /** Standard Webhooks recommends 15 to 30 seconds. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    /** Of an answer, only so that its connection can be used again. */
    private static final int BODY_BYTES_MAX = 64 * 1024;

    private static final int LINE_LENGTH_MAX = 8 * 1024;
    private static final int HEADERS_MAX = 100;
    private static final int WHY_LENGTH_MAX = 200;

    /** Whom this machine trusts is read when something is sent: it takes a while. */
    private static final TlsSocketStrategy TRUSTED =
            (socket, host, port, attachment, context) ->
                    Trust.OF_THIS_MACHINE.upgrade(socket, host, port, attachment, context);

    private static final class Trust {
        static final TlsSocketStrategy OF_THIS_MACHINE = DefaultClientTlsStrategy.createDefault();
    }

    private final CloseableHttpClient client;
    private final Duration limit;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    /**
     * @param limit of an attempt from the first byte to the last, whatever the receiver does
     * @param tls null for what this machine trusts
     */
    HttpSender(
            AddressRules rules,
            Names names,
            Duration limit,
            Clock clock,
            @Nullable TlsSocketStrategy tls) {
        this.limit = limit;
        this.clock = clock;
        deadlines.setRemoveOnCancelPolicy(true);
        Timeout timeout = Timeout.of(limit);
        this.client =
                HttpClients.custom()
                        .setConnectionManager(
                                new GuardedConnections(rules, names)
                                        .setTlsSocketStrategy(tls == null ? TRUSTED : tls)
                                        .setConnectionFactory(
                                                ManagedHttpClientConnectionFactory.builder()
                                                        .http1Config(
                                                                Http1Config.custom()
                                                                        .setMaxLineLength(
                                                                                LINE_LENGTH_MAX)
                                                                        .setMaxHeaderCount(
                                                                                HEADERS_MAX)
                                                                        .build())
                                                        .build())
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(timeout)
                                                        .setSocketTimeout(timeout)
                                                        .setValidateAfterInactivity(
                                                                TimeValue.ZERO_MILLISECONDS)
                                                        .setTimeToLive(TimeValue.ofMinutes(5))
                                                        .build())
                                        .setMaxConnTotal(2 * Webhooks.COUNT_MAX)
                                        .setMaxConnPerRoute(Webhooks.COUNT_MAX)
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setRedirectsEnabled(false)
                                        .setAuthenticationEnabled(false)
                                        .setProtocolUpgradeEnabled(false)
                                        .setExpectContinueEnabled(false)
                                        .setConnectionRequestTimeout(timeout)
                                        .setResponseTimeout(timeout)
                                        .build())
                        .setUserAgent("agreement-ledger")
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .build();
    }

    @Override
    public Outcome send(Message message) {
        HttpPost request = request(message);
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline =
                deadlines.schedule(
                        () -> {
                            late.set(true);
                            request.cancel();
                        },
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, request, null);
            drain(request, response);
            Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
            return Outcome.answered(
                    response.getCode(),
                    retryAfter == null ? null : retryAfter.getValue(),
                    clock.instant());
        } catch (IOException | IllegalStateException e) {
            // The latter where it is cancelled between two steps.
            return Outcome.noAnswer(
                    late.get() || e instanceof SocketTimeoutException
                            ? "did not answer within " + seconds(limit) + " s"
                            : why(e));
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpPost request(Message message) {
        HttpPost request = new HttpPost(message.url());
        message.headers().forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(message.body(), ContentType.APPLICATION_JSON));
        return request;
    }

    /** The answer is there by now; if its body is long, slow or cut off, so be it. */
    private static void drain(HttpPost request, ClassicHttpResponse response) {
        try {
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                InputStream body = entity.getContent();
                if (body.readNBytes(BODY_BYTES_MAX).length < BODY_BYTES_MAX) {
                    response.close();
                    return;
                }
                request.cancel();
            }
            response.close();
        } catch (IOException _) {
            request.cancel();
        }
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** What the receiver did, for a person; nothing of what it answered. */
    private static String why(Exception e) {
        String why =
                switch (e) {
                    case AddressRefused _ -> "is not connected to: " + e.getMessage();
                    case UnknownHostException _ -> "cannot be found: its name has no address";
                    case ConnectException _ -> "cannot be connected to: " + e.getMessage();
                    case SSLException _ -> "fails at TLS: " + e.getMessage();
                    case NoHttpResponseException _ -> "closed the connection without an answer";
                    case ClientProtocolException _, MessageConstraintException _ ->
                            "did not answer in HTTP: " + e.getMessage();
                    default -> "broke off: " + e.getMessage();
                };
        return why.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(WHY_LENGTH_MAX)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.shutdownNow();
    }
}
