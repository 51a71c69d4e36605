/** How far have the read models come, and how are they built again? */
@NullMarked
package org.agreementledger.readmodels;

import org.jspecify.annotations.NullMarked;
