/** Who may come in by which door. */
@NullMarked
package org.agreementledger.api.access;

import org.jspecify.annotations.NullMarked;
