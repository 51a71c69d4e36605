/** How does a ledger come back from an audit bundle? */
@NullMarked
package org.agreementledger.restore;

import org.jspecify.annotations.NullMarked;
