/** Subscriptions over HTTP, and the requests by which receivers are told of entries. */
@NullMarked
package org.agreementledger.api.webhooks;

import org.jspecify.annotations.NullMarked;
