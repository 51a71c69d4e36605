/** How do the terms differ between any two points on both axes? */
@NullMarked
package org.agreementledger.difference;

import org.jspecify.annotations.NullMarked;
