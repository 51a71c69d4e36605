package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.Objects;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;

/** One agreement as the ledger decides on it: a fold of its events. Immutable. */
public sealed interface Agreement {

    /** Nothing recorded yet. */
    record Unopened() implements Agreement {}

    record Opened(History history) implements Agreement {}

    static Agreement unopened() {
        return new Unopened();
    }

    /** Everything recorded so far. */
    default History history() {
        return switch (this) {
            case Unopened _ -> History.EMPTY;
            case Opened(History history) -> history;
        };
    }

    /**
     * The event that the entry becomes.
     *
     * @param today in UTC
     * @throws Refused naming the rule; then nothing happens
     */
    default AgreementEvent decide(RecordEntry command, LocalDate today) {
        History history = history();
        switch (new Case(this, command.entry())) {
            case Case(Unopened _, Opening opening) -> {
                requireSequence(command);
                RuleBook.judge(history, opening, today);
            }
            case Case(Unopened _, Entry _) ->
                    throw new Refused(
                            Rule.AGREEMENT_UNKNOWN,
                            "There is no agreement "
                                    + command.agreementId()
                                    + "; record its opening first.",
                            "/agreementId");
            case Case(Opened _, Opening _) ->
                    throw new Refused(
                            Rule.AGREEMENT_EXISTS,
                            "The agreement "
                                    + command.agreementId()
                                    + " was opened by entry 1; choose another agreementId, or correct entry 1.",
                            "/agreementId");
            case Case(Opened _, Original original) -> {
                requireSequence(command);
                RuleBook.judge(history, original, today);
            }
            case Case(Opened _, Revision revision) -> {
                requireSequence(command);
                RuleBook.judge(history, revision, today);
            }
        }
        return AgreementEvent.of(history.size() + 1, command.entry());
    }

    private void requireSequence(RecordEntry command) {
        int sequence = history().size();
        if (command.expectedSequence() != null
                && !Objects.equals(command.expectedSequence(), sequence)) {
            throw new Refused(
                    Rule.SEQUENCE_MOVED,
                    "The agreement "
                            + command.agreementId()
                            + " is at sequence "
                            + sequence
                            + ", not "
                            + command.expectedSequence()
                            + "; read it again, then decide whether the entry still stands.",
                    "");
        }
    }

    default Agreement evolve(AgreementEvent event) {
        return new Opened(history().with(event.entry()));
    }

    record Case(Agreement agreement, Entry entry) {}
}
