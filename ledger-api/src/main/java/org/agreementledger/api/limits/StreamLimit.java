package org.agreementledger.api.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many streams each client listens to. */
public final class StreamLimit {

    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param most of one client; 0 for any number
     */
    StreamLimit(int most) {
        this.most = most;
    }

    public int most() {
        return most;
    }

    /** False when the client listens to as many as it may. */
    public boolean enter(String client) {
        if (open.merge(client, 1, Integer::sum) <= most || most == 0) {
            return true;
        }
        leave(client);
        return false;
    }

    public void leave(String client) {
        open.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }
}
