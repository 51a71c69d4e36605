/** Which terms held on that day, as known then? */
@NullMarked
package org.agreementledger.asof;

import org.jspecify.annotations.NullMarked;
