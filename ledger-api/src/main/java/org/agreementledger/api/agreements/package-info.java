/** The door to agreements: their terms as of any day and moment, and what became of them. */
@NullMarked
package org.agreementledger.api.agreements;

import org.jspecify.annotations.NullMarked;
