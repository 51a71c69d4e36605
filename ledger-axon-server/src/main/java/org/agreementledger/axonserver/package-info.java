/** Axon Server as the event store and the bus that a ledger stands on. */
@NullMarked
package org.agreementledger.axonserver;

import org.jspecify.annotations.NullMarked;
