/** Was this request answered before? */
@NullMarked
package org.agreementledger.requests;

import org.jspecify.annotations.NullMarked;
