/** The doors over HTTP, and the application that opens them. */
@NullMarked
package org.agreementledger.api;

import org.jspecify.annotations.NullMarked;
