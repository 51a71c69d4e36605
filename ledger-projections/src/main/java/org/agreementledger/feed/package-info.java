/** In which pages do the entries come, so that a reader can take all of them once, in one order? */
@NullMarked
package org.agreementledger.feed;

import org.jspecify.annotations.NullMarked;
