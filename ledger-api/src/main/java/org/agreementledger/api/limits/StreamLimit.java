package org.agreementledger.api.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many streams each client listens to.
 *
 * @param most of one client; 0 for any number
 */
public record StreamLimit(int most, ConcurrentMap<String, Integer> open) {

    StreamLimit(int most) {
        this(most, new ConcurrentHashMap<>());
    }

    /** False when the client listens to as many as it may. */
    public boolean enter(String client) {
        return most == 0 || open.merge(client, 1, Integer::sum) <= most || refused(client);
    }

    private boolean refused(String client) {
        leave(client);
        return false;
    }

    public void leave(String client) {
        open.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }
}
