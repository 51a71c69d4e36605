/** On which days do terms start, end, or have gone without a word for too long? */
@NullMarked
package org.agreementledger.upcoming;

import org.jspecify.annotations.NullMarked;
