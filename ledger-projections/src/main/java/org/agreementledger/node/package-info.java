/** One ledger on one database: everything below the doors, opened together. */
@NullMarked
package org.agreementledger.node;

import org.jspecify.annotations.NullMarked;
