/** What the doors have in common: parameters, bodies, validators, headers. */
@NullMarked
package org.agreementledger.api.http;

import org.jspecify.annotations.NullMarked;
