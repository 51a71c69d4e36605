/** The shell: loads, locks, stores and delivers; it decides nothing. */
@NullMarked
package org.agreementledger.axon;

import org.jspecify.annotations.NullMarked;
