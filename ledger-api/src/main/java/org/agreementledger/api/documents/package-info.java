/** Which entries does a text hold, and on which of its lines? */
@NullMarked
package org.agreementledger.api.documents;

import org.jspecify.annotations.NullMarked;
