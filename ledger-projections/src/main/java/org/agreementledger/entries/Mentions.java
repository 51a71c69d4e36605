package org.agreementledger.entries;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Header.Concern;
import org.agreementledger.agreement.Party;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;

/** Whom and what an entry names, replacements included. */
final class Mentions {

    private Mentions() {}

    static Set<TermKey> terms(Entry entry) {
        Set<TermKey> keys = new TreeSet<>();
        entry.header().concerns().stream().map(Concern::key).forEach(keys::add);
        switch (entry) {
            case Entry.Original original -> addTerms(original, keys);
            case Entry.Correction correction -> keys.addAll(terms(correction.replacement()));
            case Entry.Withdrawal _, Entry.Confirmation _ -> {}
        }
        return keys;
    }

    private static void addTerms(Entry.Original original, Set<TermKey> keys) {
        for (TermAction action : original.terms()) {
            switch (action) {
                case TermAction.Placeable placeable -> keys.add(placeable.key());
                case TermAction.Reaffirm claim -> {
                    if (claim.key() != null) {
                        keys.add(claim.key());
                    }
                }
            }
        }
        switch (original) {
            case Entry.Amendment amendment -> keys.addAll(amendment.notAddressed());
            case Entry.Closing closing -> keys.addAll(closing.survives());
            case Entry.Opening _,
                    Entry.Announcement _,
                    Entry.FundingRound _,
                    Entry.Partnership _ -> {}
        }
    }

    static Set<String> categories(Entry entry) {
        return switch (entry) {
            case Entry.Original original ->
                    original.terms().stream()
                            .filter(TermAction.Provides.class::isInstance)
                            .map(TermAction.Provides.class::cast)
                            .map(action -> action.provision().category())
                            .filter(Objects::nonNull)
                            .collect(Collectors.toCollection(TreeSet::new));
            case Entry.Correction correction -> categories(correction.replacement());
            case Entry.Withdrawal _, Entry.Confirmation _ -> Set.of();
        };
    }

    static Set<String> organisations(Entry entry) {
        Set<String> ids = new TreeSet<>();
        Stream<String> named =
                switch (entry) {
                    case Entry.Opening e -> ids(e.parties());
                    case Entry.Announcement e -> ids(e.speakers());
                    case Entry.FundingRound e ->
                            Stream.concat(
                                    Stream.of(e.recipient().id()),
                                    e.investors().stream().map(Entry.Investor::id));
                    case Entry.Partnership e -> ids(e.partners());
                    case Entry.Amendment e -> e.partyChanges().stream().flatMap(Mentions::ids);
                    case Entry.Correction e -> organisations(e.replacement()).stream();
                    case Entry.Closing _, Entry.Withdrawal _, Entry.Confirmation _ ->
                            Stream.empty();
                };
        named.forEach(ids::add);
        return ids;
    }

    private static Stream<String> ids(List<Party> parties) {
        return parties.stream().map(Party::id);
    }

    private static Stream<String> ids(Entry.PartyChange change) {
        return Stream.concat(
                Stream.ofNullable(change.from()), Stream.ofNullable(change.to()).map(Party::id));
    }
}
