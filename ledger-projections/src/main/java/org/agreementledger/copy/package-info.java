/** How does a ledger, as it stood, get into a database of its own, and stay so? */
@NullMarked
package org.agreementledger.copy;

import org.jspecify.annotations.NullMarked;
