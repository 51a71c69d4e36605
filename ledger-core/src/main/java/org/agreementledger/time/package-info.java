/**
 * Days, half-open validities, and what prevails on each day: temporal arithmetic without a
 * database.
 */
@NullMarked
package org.agreementledger.time;

import org.jspecify.annotations.NullMarked;
