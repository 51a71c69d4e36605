/** Did the terms change between two days? */
@NullMarked
package org.agreementledger.constancy;

import org.jspecify.annotations.NullMarked;
