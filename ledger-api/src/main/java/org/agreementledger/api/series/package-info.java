/** Flat series for dashboards as they are: counts over time, and how long terms are unchanged. */
@NullMarked
package org.agreementledger.api.series;

import org.jspecify.annotations.NullMarked;
