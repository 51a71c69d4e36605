/** Who is told of which entries, how far is each, and what could not be told? */
@NullMarked
package org.agreementledger.webhooks;

import org.jspecify.annotations.NullMarked;
