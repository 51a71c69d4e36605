/** The ledger as it is, to keep elsewhere. */
@NullMarked
package org.agreementledger.api.backup;

import org.jspecify.annotations.NullMarked;
