/** Witnesses: those who watch over this log, and this ledger as one that watches over others. */
@NullMarked
package org.agreementledger.api.witness;

import org.jspecify.annotations.NullMarked;
