/** How answers are put into words, the same in tables and on pages. */
@NullMarked
package org.agreementledger.api.words;

import org.jspecify.annotations.NullMarked;
