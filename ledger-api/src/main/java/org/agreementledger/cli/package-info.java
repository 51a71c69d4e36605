/** The command line: the same questions and writes, from a terminal or a script. */
@NullMarked
package org.agreementledger.cli;

import org.jspecify.annotations.NullMarked;
