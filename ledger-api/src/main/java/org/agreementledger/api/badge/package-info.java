/** One agreement as a small picture, for pages that only show pictures. */
@NullMarked
package org.agreementledger.api.badge;

import org.jspecify.annotations.NullMarked;
