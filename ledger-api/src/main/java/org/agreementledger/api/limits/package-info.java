/** What one client may take of the server at most, so that there is enough for the others. */
@NullMarked
package org.agreementledger.api.limits;

import org.jspecify.annotations.NullMarked;
