/** At which positions are the entries that say this? */
@NullMarked
package org.agreementledger.search;

import org.jspecify.annotations.NullMarked;
