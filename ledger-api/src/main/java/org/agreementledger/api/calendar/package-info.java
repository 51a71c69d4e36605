/** The door to the dates that matter, as a list and as a calendar. */
@NullMarked
package org.agreementledger.api.calendar;

import org.jspecify.annotations.NullMarked;
