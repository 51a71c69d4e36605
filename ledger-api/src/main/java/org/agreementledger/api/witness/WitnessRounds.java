package org.agreementledger.api.witness;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Shows every new checkpoint to the witnesses of this log. Each is asked by itself, so that one
 * that is away holds up nobody.
 */
@Component
public class WitnessRounds implements SmartLifecycle {

    /**
     * How it stands with a witness.
     *
     * @param cosigned the size of the largest tree that it cosigned; 0 for none
     * @param failure why the newest is not cosigned; null where it is, or was not shown yet
     */
    public record Standing(long cosigned, @Nullable Instant at, @Nullable String failure) {}

    private final List<WitnessRound> rounds;
    private volatile boolean running;

    WitnessRounds(LedgerNode node, Witnessing witnessing) {
        this.rounds =
                witnessing.witnesses().stream().map(it -> new WitnessRound(node, it)).toList();
    }

    /** By the witness's name. */
    public Map<String, Standing> standings() {
        Map<String, Standing> standings = new TreeMap<>();
        rounds.forEach(round -> standings.put(round.name(), round.standing()));
        return standings;
    }

    @Override
    public void start() {
        running = true;
        rounds.forEach(WitnessRound::start);
    }

    /** Before the ledger is closed under them. */
    @Override
    public void stop() {
        running = false;
        rounds.forEach(WitnessRound::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
