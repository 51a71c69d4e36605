package org.agreementledger.api.limits;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The settings below {@code ledger.limits}.
 *
 * @param rate requests a second of one client; 0 for any number; null for what the address asks for
 * @param streamsPerClient likewise, how many it may listen to at a time
 * @param headersWithin how long a request may take to say what it wants
 * @param bodyWithin how long its body may take, and one second more for every {@code bodyRate}
 * @param drainWithin how long the rest of a body that nobody reads is taken off the line
 * @param bodiesShare of the heap that bodies may hold together, at least one import
 */
@ConfigurationProperties("ledger.limits")
record Limits(
        @Nullable Integer rate,
        @Nullable Integer streamsPerClient,
        Duration headersWithin,
        Duration bodyWithin,
        DataSize bodyRate,
        Duration drainWithin,
        double bodiesShare) {

    private static final int RATE_ELSEWHERE = 100;
    private static final int STREAMS_ELSEWHERE = 100;

    /** Whom only this machine can reach, nobody has to be kept in check there. */
    int rate(InetAddress address) {
        return chosen(rate, RATE_ELSEWHERE, address);
    }

    int streamsPerClient(InetAddress address) {
        return chosen(streamsPerClient, STREAMS_ELSEWHERE, address);
    }

    private static int chosen(@Nullable Integer set, int elsewhere, InetAddress address) {
        if (set != null) {
            return set;
        }
        return address.isLoopbackAddress() ? 0 : elsewhere;
    }

    long bodiesBytes() {
        return Math.max(
                BodySize.IMPORT.toBytes(), (long) (Runtime.getRuntime().maxMemory() * bodiesShare));
    }
}
