package org.agreementledger.terms;

import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/** What an entry says about one term. */
public sealed interface TermAction {

    /** An action that can hold a key on a day: all but {@link Reaffirm}. */
    sealed interface Placeable extends TermAction {
        TermKey key();

        /** The first day on which it is valid; null where it is the entry's {@code effectiveOn}. */
        @Nullable Day validFrom();

        /** The first day on which it is no longer valid; null where it has no end. */
        @Nullable Day validTo();
    }

    /** An action that gives the key a version. */
    sealed interface Provides extends Placeable {
        Provision provision();

        @Override
        default @Nullable Day validTo() {
            return provision().validTo();
        }
    }

    /** A term that was not there. */
    record Introduce(TermKey key, Provision provision, @Nullable Day validFrom)
            implements Provides {}

    /** Another version of a term in force; it replaces the former whole. */
    record Change(TermKey key, Provision provision, @Nullable Day validFrom) implements Provides {}

    /** A term, or more of a term, that already held since {@code validFrom}: never a change. */
    record Disclose(TermKey key, Provision provision, Day validFrom) implements Provides {}

    record Retire(TermKey key, Remark remark, @Nullable Day validFrom, @Nullable Day validTo)
            implements Placeable {}

    /**
     * A claim that a term has stayed as it was: checked, never a change.
     *
     * @param key null stands for every key in force on {@code since} that the entry does not name
     *     ({@code *}); then {@code since} is given
     * @param since null where it is the held version's own start
     * @param value what the speaker says the term comes to
     */
    record Reaffirm(
            @Nullable TermKey key, Remark remark, @Nullable Day since, @Nullable TermValue value)
            implements TermAction {}

    /** Words that go with an action without giving the term a version. */
    record Remark(
            @Nullable String statement,
            @Nullable String quote,
            @Nullable String characterisedAs,
            @Nullable String source,
            @Nullable String locator) {

        public static final Remark NONE = new Remark(null, null, null, null, null);
    }
}
