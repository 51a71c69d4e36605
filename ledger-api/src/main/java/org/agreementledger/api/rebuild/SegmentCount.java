package org.agreementledger.api.rebuild;

import org.agreementledger.rebuild.Rebuilds;

/** In how many threads read models are built. */
public record SegmentCount(String text) {

    public SegmentCount {
        if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > Rebuilds.SEGMENTS_MAX) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a whole number from 1 to " + Rebuilds.SEGMENTS_MAX);
        }
    }

    /** Half of the processors: the others answer meanwhile. */
    static SegmentCount ofAServer() {
        return new SegmentCount(
                String.valueOf(
                        Math.clamp(
                                Runtime.getRuntime().availableProcessors() / 2,
                                1,
                                Rebuilds.SEGMENTS_MAX)));
    }

    int count() {
        return Integer.parseInt(text);
    }
}
