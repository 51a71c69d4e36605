/** Pictures as text. */
@NullMarked
package org.agreementledger.api.svg;

import org.jspecify.annotations.NullMarked;
