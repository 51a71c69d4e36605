package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.View;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermDifference;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * What an entry makes of one term.
 *
 * @param from the first day on which the term is not as it was
 * @param was the statement before; null where it was not in force
 * @param is the statement after; null where it is not in force
 */
public record Alteration(
        String key,
        LocalDate from,
        @Nullable String was,
        @Nullable String is,
        List<Words> difference) {

    public String outcome() {
        if (was == null) {
            return "in force";
        }
        if (is == null) {
            return "not in force";
        }
        return was.equals(is) ? "other value, condition or quote" : "changed";
    }

    public record Words(String op, String text) {}

    /** Of those terms, in the view of confirmed entries, or of all where only that one differs. */
    static List<Alteration> between(History before, History after, Collection<TermKey> keys) {
        List<Alteration> alterations = new ArrayList<>();
        for (TermKey key : keys) {
            Stream.of(View.CONFIRMED, View.ALL)
                    .flatMap(view ->
                            first(before.fold(view).terms(), after.fold(view).terms(), key)
                                    .stream())
                    .findFirst()
                    .ifPresent(alterations::add);
        }
        return alterations;
    }

    private static Optional<Alteration> first(Terms before, Terms after, TermKey key) {
        return Stream.of(before, after)
                .flatMap(terms -> terms.timeline(key).segments().stream())
                .flatMap((Timeline.Segment<TermState> span) -> Stream.of(span.from(), span.to()))
                .sorted()
                .filter(day -> !sayTheSame(before.on(key, day), after.on(key, day)))
                .findFirst()
                .map(day -> of(key, day, provision(before, key, day), provision(after, key, day)));
    }

    private static boolean sayTheSame(TermState one, TermState other) {
        Optional<PlacedAction> held = other.held();
        return one.held()
                .map(by -> held.filter(by::saysTheSameAs).isPresent())
                .orElse(held.isEmpty());
    }

    private static @Nullable Provision provision(Terms terms, TermKey key, LocalDate day) {
        return terms.on(key, day).held().flatMap(PlacedAction::provision).orElse(null);
    }

    private static Alteration of(
            TermKey key, LocalDate from, @Nullable Provision was, @Nullable Provision is) {
        return new Alteration(
                key.value(),
                from,
                was == null ? null : was.statement(),
                is == null ? null : is.statement(),
                new TermDifference(key.value(), was, is)
                        .statement().stream()
                                .map(part ->
                                        new Words(
                                                part.op().name().toLowerCase(Locale.ROOT),
                                                part.text()))
                                .toList());
    }
}
