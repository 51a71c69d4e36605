package org.agreementledger.terms;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.agreementledger.time.Validity;
import org.jspecify.annotations.Nullable;

/**
 * An action at its place in history.
 *
 * @param occurredOn of its entry
 * @param sequence of its entry
 * @param place among the entry's actions, from 0
 * @param content null for a retirement
 */
public record PlacedAction(
        TermAction.Placeable action,
        LocalDate occurredOn,
        int sequence,
        int place,
        Validity validity,
        @Nullable Content content) {

    /** The later instrument prevails, also when it works retroactively. */
    static final Comparator<PlacedAction> PRECEDENCE =
            Comparator.comparing(PlacedAction::occurredOn)
                    .thenComparingInt(PlacedAction::sequence)
                    .thenComparingInt(PlacedAction::place);

    /** Among disclosures of one version. */
    static final Comparator<PlacedAction> DISCLOSURE_ORDER =
            Comparator.comparing((PlacedAction placed) -> placed.validity().from())
                    .thenComparingInt(PlacedAction::sequence)
                    .thenComparingInt(PlacedAction::place);

    /**
     * @param effectiveOn of its entry: where the action does not say, it is valid from then
     * @throws IllegalArgumentException when it would end before it starts
     */
    public static PlacedAction of(
            TermAction.Placeable action,
            LocalDate occurredOn,
            LocalDate effectiveOn,
            int sequence,
            int place) {
        return new PlacedAction(
                action,
                occurredOn,
                sequence,
                place,
                validity(action, effectiveOn),
                action instanceof TermAction.Provides provides
                        ? Content.of(provides.key(), provides.provision())
                        : null);
    }

    private static Validity validity(TermAction.Placeable action, LocalDate effectiveOn) {
        return new Validity(
                action.validFrom() == null ? effectiveOn : action.validFrom().date(),
                action.validTo() == null ? Validity.FOREVER : action.validTo().date());
    }

    public TermKey key() {
        return action.key();
    }

    public boolean discloses() {
        return action instanceof TermAction.Disclose;
    }

    public boolean retires() {
        return action instanceof TermAction.Retire;
    }

    /** What the version says; empty for a retirement. */
    public Optional<Provision> provision() {
        return action instanceof TermAction.Provides provides
                ? Optional.of(provides.provision())
                : Optional.empty();
    }

    /** The same content in the same quoted words. */
    public boolean saysTheSameAs(PlacedAction other) {
        return Objects.equals(content, other.content)
                && provision()
                        .map(Provision::quote)
                        .equals(other.provision().map(Provision::quote));
    }
}
