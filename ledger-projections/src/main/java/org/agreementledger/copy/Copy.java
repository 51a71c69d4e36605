package org.agreementledger.copy;

import org.agreementledger.log.Moment;

/**
 * What a copy holds: everything that was known at that moment, and nothing that came later.
 *
 * @param finished false while it is written, and for ever where that was cut short
 */
public record Copy(Moment moment, boolean finished) {

    /** For a sentence. */
    public String describe() {
        return "a read-only copy, as known at %s (position %d)"
                .formatted(moment.knownAt(), moment.position());
    }
}
