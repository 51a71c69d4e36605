package org.agreementledger.readmodels;

import java.time.Duration;
import java.util.List;
import org.agreementledger.axon.Receipt;

/** Brings the read models up to the log. */
public class ReadModels {

    /** Told after each batch, with positions done and positions there are. */
    public interface Progress {
        void done(long positions, long of);
    }

    /** Waits until the read models hold these writes; false when that takes longer. */
    public boolean await(List<Receipt> receipts, Duration atMost) {
        throw new UnsupportedOperationException();
    }

    /** Builds every read model again from the log and the event store; readers keep the old until it is done. */
    public void rebuild(Progress progress) {
        throw new UnsupportedOperationException();
    }

    /** The last position that the read models hold; -1 before the first. */
    public long position() {
        throw new UnsupportedOperationException();
    }
}
