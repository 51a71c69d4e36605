package org.agreementledger.terms;

import java.util.Optional;

/** How a term stands on one day. */
public sealed interface TermState {

    /** In force, in this version. */
    record Held(PlacedAction by) implements TermState {}

    record Retired(PlacedAction by) implements TermState {}

    /** The agreement is closed, and the term does not outlive it. */
    record Closed(Closing by) implements TermState {}

    /** Never set by then, or lapsed. */
    record Absent() implements TermState {}

    default Optional<PlacedAction> held() {
        return this instanceof Held held ? Optional.of(held.by()) : Optional.empty();
    }

    /** What is compared and fingerprinted; empty when the term is not in force. */
    default Optional<Content> content() {
        return held().map(PlacedAction::content);
    }
}
