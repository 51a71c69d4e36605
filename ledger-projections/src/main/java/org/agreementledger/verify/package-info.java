/** Does all that is stored still agree with itself, and with what was signed? */
@NullMarked
package org.agreementledger.verify;

import org.jspecify.annotations.NullMarked;
