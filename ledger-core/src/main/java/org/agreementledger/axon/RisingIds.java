package org.agreementledger.axon;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import org.axonframework.common.IdentifierFactory;

/**
 * The identities of events, UUIDs of version 7 (RFC 9562): later ones are greater, so that what is
 * ordered by them grows at its end. Random ones touch a page of each such index for every event.
 *
 * <p>Found by Axon as a service.
 */
public final class RisingIds extends IdentifierFactory {

    private final NoArgGenerator generator = Generators.timeBasedEpochGenerator();

    @Override
    public String generateIdentifier() {
        return generator.generate().toString();
    }
}
