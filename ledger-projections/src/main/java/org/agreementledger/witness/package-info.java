/** Who else has seen this log grow, and whose logs has this ledger seen grow? */
@NullMarked
package org.agreementledger.witness;

import org.jspecify.annotations.NullMarked;
