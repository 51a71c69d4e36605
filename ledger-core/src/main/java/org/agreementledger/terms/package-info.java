/**
 * What an agreement says: keys, values, actions on terms, and the fold that finds which action
 * holds on a day.
 */
@NullMarked
package org.agreementledger.terms;

import org.jspecify.annotations.NullMarked;
