package org.agreementledger.api.rebuild;

import java.time.Instant;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.rebuild.RebuildStatus;
import org.agreementledger.rebuild.RebuildStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * The newest rebuild as answered.
 *
 * @param position how many entries are done in this stage
 * @param of how many there are
 * @param secondsLeft of this stage, if it goes on as it did; null where that cannot be said
 */
public record RebuildAnswer(
        String state,
        int segments,
        long position,
        long of,
        long entriesPerSecond,
        @Nullable Long secondsLeft,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String failure) {

    public static RebuildAnswer of(RebuildStatus status) {
        boolean wasOne = status.state() != State.NONE;
        return new RebuildAnswer(
                Slugs.of(status.state()),
                status.segments(),
                status.position(),
                status.entries(),
                Math.round(status.entriesPerSecond()),
                status.secondsLeft().isPresent() ? status.secondsLeft().getAsLong() : null,
                wasOne ? status.startedAt() : null,
                wasOne && !status.state().isUnderWay()
                        ? status.startedAt().plus(status.took())
                        : null,
                status.cutShort().orElse(null));
    }
}
