/** The read models, built again while they are read, by who administers the ledger. */
@NullMarked
package org.agreementledger.api.rebuild;

import org.jspecify.annotations.NullMarked;
