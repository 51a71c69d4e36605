/** The door to the entries as they are recorded: feeds to poll, and a stream. */
@NullMarked
package org.agreementledger.api.feed;

import org.jspecify.annotations.NullMarked;
