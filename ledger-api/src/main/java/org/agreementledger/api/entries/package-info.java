/** The door to entries: recording them, importing them, reading them. */
@NullMarked
package org.agreementledger.api.entries;

import org.jspecify.annotations.NullMarked;
