/** Whether the ledger answers, and how far its read models are. */
@NullMarked
package org.agreementledger.api.health;

import org.jspecify.annotations.NullMarked;
