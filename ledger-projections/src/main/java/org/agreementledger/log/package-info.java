/** In which order was it recorded, when, and by whom? */
@NullMarked
package org.agreementledger.log;

import org.jspecify.annotations.NullMarked;
