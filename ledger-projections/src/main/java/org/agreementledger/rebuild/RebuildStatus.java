package org.agreementledger.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the newest rebuild has come, on whatever node.
 *
 * @param position how many entries the new read models, or then the search index, hold
 * @param entries how many there were to be, when it was last looked
 * @param took so far, or until it ended
 * @param inPlace whether the read models that it built are those that are read
 * @param failure empty unless it has failed
 */
public record RebuildStatus(
        long number,
        State state,
        int segments,
        long position,
        long entries,
        Instant startedAt,
        Duration took,
        boolean inPlace,
        String failure) {

    /** What it does, or how it ended. */
    public enum State {
        /** There was none yet. */
        NONE,
        /** Agreements are folded, in segments; what is recorded meanwhile follows. */
        BUILDING,
        /** The new read models are in place; the search index is built again from them. */
        INDEXING,
        DONE,
        FAILED,
        /** Who did it is gone. */
        INTERRUPTED;

        public boolean isUnderWay() {
            return this == BUILDING || this == INDEXING;
        }
    }

    public double entriesPerSecond() {
        return took.isZero() ? 0 : position * 1e9 / took.toNanos();
    }

    /** Until this stage of it is done, if it goes on as it did; empty where that cannot be said. */
    public OptionalLong secondsLeft() {
        return state == State.BUILDING && position > 0
                ? OptionalLong.of((long) Math.ceil((entries - position) / entriesPerSecond()))
                : OptionalLong.empty();
    }

    /** What is to be said of one that did not come to its end; empty where it did, or goes on. */
    public Optional<String> cutShort() {
        return switch (state) {
            case FAILED ->
                    Optional.of(
                            "The last rebuild failed at entry %d of %d: %s. %s"
                                    .formatted(position, entries, failure, whatIsRead()));
            case INTERRUPTED ->
                    Optional.of(
                            "The last rebuild was cut short at entry %d of %d. %s"
                                    .formatted(position, entries, whatIsRead()));
            case NONE, BUILDING, INDEXING, DONE -> Optional.empty();
        };
    }

    private String whatIsRead() {
        return inPlace
                ? "The new read models are in place; the search index is as it was."
                : "The read models are as they were; what it left is removed by the next one.";
    }
}
