/** Entries as plain JSON trees, both ways, with errors that name the place. */
@NullMarked
package org.agreementledger.json;

import org.jspecify.annotations.NullMarked;
