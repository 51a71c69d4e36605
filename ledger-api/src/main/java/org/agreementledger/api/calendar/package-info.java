/** The door to the dates that matter: as a list, and for calendars. */
@NullMarked
package org.agreementledger.api.calendar;

import org.jspecify.annotations.NullMarked;
