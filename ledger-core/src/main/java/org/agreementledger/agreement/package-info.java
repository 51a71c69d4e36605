/** Entries, the rules that accept them, and what they come to: effect, verdicts, constancy. */
@NullMarked
package org.agreementledger.agreement;

import org.jspecify.annotations.NullMarked;
