package org.agreementledger.api.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the names of hosts stand for. */
interface Names {

    /** More than one where the name has several; an address stands for itself. */
    InetAddress[] addresses(String host) throws UnknownHostException;

    /**
     * As this machine resolves them, within a time: a resolver that does not answer cannot be
     * interrupted, so it is left behind with a thread of its own.
     */
    static Names ofThisMachine(Duration atMost) {
        return host -> {
            FutureTask<InetAddress[]> lookup =
                    new FutureTask<>(() -> InetAddress.getAllByName(host));
            Thread.ofPlatform().daemon().name("name-lookup").start(lookup);
            try {
                return lookup.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException _) {
                throw new UnknownHostException(host);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new UnknownHostException(host);
            }
        };
    }
}
