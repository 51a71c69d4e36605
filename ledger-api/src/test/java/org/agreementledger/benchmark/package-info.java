/** What the doors cost on a large ledger, each beside its limit in the same run. */
@NullMarked
package org.agreementledger.benchmark;

import org.jspecify.annotations.NullMarked;
