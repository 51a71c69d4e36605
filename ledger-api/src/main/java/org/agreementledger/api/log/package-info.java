/** The log and its proofs, in forms that tools written by others check. */
@NullMarked
package org.agreementledger.api.log;

import org.jspecify.annotations.NullMarked;
