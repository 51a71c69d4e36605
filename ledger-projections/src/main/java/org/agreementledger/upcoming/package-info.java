/** On which days do terms start or end, and which have not been reaffirmed for long? */
@NullMarked
package org.agreementledger.upcoming;

import org.jspecify.annotations.NullMarked;
