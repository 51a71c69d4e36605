/** Pages for people: what became of the terms, to be seen instead of read. */
@NullMarked
package org.agreementledger.api.dashboard;

import org.jspecify.annotations.NullMarked;
