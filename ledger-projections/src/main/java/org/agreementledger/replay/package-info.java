/** What does the history come to, folded from the first event? */
@NullMarked
package org.agreementledger.replay;

import org.jspecify.annotations.NullMarked;
