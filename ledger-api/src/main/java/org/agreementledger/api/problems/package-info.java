/** How the doors say no: RFC 9457 problems, one type per rule. */
@NullMarked
package org.agreementledger.api.problems;

import org.jspecify.annotations.NullMarked;
