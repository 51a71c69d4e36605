/** How many entries were there each day, week or month, by kind, effect or verdict? */
@NullMarked
package org.agreementledger.series;

import org.jspecify.annotations.NullMarked;
