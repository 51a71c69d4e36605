/** How are the read models built again while they are read? */
@NullMarked
package org.agreementledger.rebuild;

import org.jspecify.annotations.NullMarked;
