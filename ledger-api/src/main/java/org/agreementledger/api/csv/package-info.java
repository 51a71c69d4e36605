/** Answers as rows of a spreadsheet. */
@NullMarked
package org.agreementledger.api.csv;

import org.jspecify.annotations.NullMarked;
