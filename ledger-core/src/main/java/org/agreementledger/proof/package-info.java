/**
 * Canonical bytes, digests, Merkle trees and signed notes: what can be checked by somebody else's
 * tools.
 */
@NullMarked
package org.agreementledger.proof;

import org.jspecify.annotations.NullMarked;
