/** What is in a backup, and is it whole? */
@NullMarked
package org.agreementledger.backup;

import org.jspecify.annotations.NullMarked;
