/** The one JSON of every answer, at every door. */
@NullMarked
package org.agreementledger.api.json;

import org.jspecify.annotations.NullMarked;
