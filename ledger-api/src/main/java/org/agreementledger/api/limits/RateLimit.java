package org.agreementledger.api.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A bucket of requests for each client, filled at an even rate: who empties it waits, and nobody
 * else does. The headers are those of the IETF's draft-ietf-httpapi-ratelimit-headers.
 */
final class RateLimit extends OncePerRequestFilter {

    /** A page brings its scripts and pictures along. */
    private static final int BURST_SECONDS = 3;

    /** Whoever comes from so many addresses at once is not kept in check here. */
    private static final int CLIENTS_MAX = 100_000;

    private final int rate;
    private final ProblemWriter problems;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(CLIENTS_MAX)
                    .expireAfterAccess(Duration.ofSeconds(2 * BURST_SECONDS))
                    .build();

    /**
     * @param rate requests a second
     */
    RateLimit(int rate, ProblemWriter problems) {
        this.rate = rate;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ConsumptionProbe taken =
                buckets.get(Client.of(request), _ -> bucket()).tryConsumeAndReturnRemaining(1);
        long wait = Math.max(1, Duration.ofNanos(taken.getNanosToWaitForRefill()).toSeconds());
        response.setHeader(
                "RateLimit-Policy",
                "\"client\";q=%d;w=%d".formatted(rate * BURST_SECONDS, BURST_SECONDS));
        response.setHeader(
                "RateLimit", "\"client\";r=%d;t=%d".formatted(taken.getRemainingTokens(), wait));
        if (taken.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem =
                Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "One client may send %d requests a second, and %d at once; come again in a second."
                                .formatted(rate, rate * BURST_SECONDS));
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        problems.write(problem, response);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity((long) rate * BURST_SECONDS)
                                .refillGreedy(rate, Duration.ofSeconds(1)))
                .build();
    }
}
