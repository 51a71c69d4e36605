/** What is left after processes, disks, clocks and databases fail. */
@NullMarked
package org.agreementledger.faults;

import org.jspecify.annotations.NullMarked;
