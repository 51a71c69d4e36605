/** What was recorded, and what did the ledger find about it? */
@NullMarked
package org.agreementledger.entries;

import org.jspecify.annotations.NullMarked;
