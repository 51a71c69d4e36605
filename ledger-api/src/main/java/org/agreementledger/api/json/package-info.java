/** How answers are written as JSON. */
@NullMarked
package org.agreementledger.api.json;

import org.jspecify.annotations.NullMarked;
