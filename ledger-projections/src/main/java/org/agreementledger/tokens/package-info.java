/** Who may come in with which token, as whom, and until when? */
@NullMarked
package org.agreementledger.tokens;

import org.jspecify.annotations.NullMarked;
