/** Which entries, leaves and proofs go into an audit bundle? */
@NullMarked
package org.agreementledger.audit;

import org.jspecify.annotations.NullMarked;
