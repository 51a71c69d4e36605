package org.agreementledger.cli;

import org.agreementledger.agreement.Refused;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;

/** An entry somewhere in a file, to be recorded. */
interface Importable {

    String file();

    /** On which it starts. */
    int line();

    /**
     * @throws Failure naming the place and the rule
     */
    Submission submission(Actor by);

    /** Naming the place. */
    Failure refused(Refused refused);
}
