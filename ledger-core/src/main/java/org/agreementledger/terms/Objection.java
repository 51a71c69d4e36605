package org.agreementledger.terms;

import java.util.Optional;

/** Why an action does not fit onto the actions of lower rank. */
public sealed interface Objection {

    PlacedAction action();

    /** It starts on or after the end of the agreement, and its key does not survive. */
    record AgreementClosed(PlacedAction action, Closing by) implements Objection {}

    record AlreadyInForce(PlacedAction action, PlacedAction by) implements Objection {}

    /**
     * @param retiredBy empty where nothing was ever there on that day
     */
    record NotInForce(PlacedAction action, Optional<PlacedAction> retiredBy) implements Objection {}

    /** A disclosure that adds nothing to what is held. */
    record AlreadyKnown(PlacedAction action, PlacedAction by) implements Objection {}
}
