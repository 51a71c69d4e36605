/**
 * Audit bundles: entries with what proves them, in one file, written and checked without a
 * database.
 */
@NullMarked
package org.agreementledger.bundle;

import org.jspecify.annotations.NullMarked;
