package org.agreementledger.json;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Announcement;
import org.agreementledger.agreement.Entry.Closing;
import org.agreementledger.agreement.Entry.Confirmation;
import org.agreementledger.agreement.Entry.Correction;
import org.agreementledger.agreement.Entry.FundingRound;
import org.agreementledger.agreement.Entry.Investor;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Partnership;
import org.agreementledger.agreement.Entry.PartyChange;
import org.agreementledger.agreement.Entry.Target;
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.agreement.Header;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.Source;
import org.agreementledger.terms.Movement;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermAction.Remark;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue;
import org.agreementledger.terms.TermValue.Money;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries in the order of the contract; what is absent, empty or the default is left out.
 */
final class EntryWriter {

    private EntryWriter() {}

    static Map<String, Object> entry(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", entry.kind().slug());
        fields.put("agreementId", entry.header().agreementId().value());
        putBody(fields, entry);
        return fields;
    }

    /** It inherits the agreement of its correction. */
    private static Map<String, Object> replacement(Original entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", entry.kind().slug());
        putBody(fields, entry);
        return fields;
    }

    private static void putBody(Map<String, Object> fields, Entry entry) {
        fields.put("title", entry.header().title());
        putOwn(fields, entry);
        putHeader(fields, entry.header());
        if (entry instanceof Original original) {
            putSome(fields, "terms", original.terms(), EntryWriter::action);
        }
        if (entry instanceof Amendment amendment) {
            putSome(fields, "notAddressed", amendment.notAddressed(), TermKey::value);
            if (amendment.restates()) {
                fields.put("restates", true);
            }
            putSome(fields, "partyChanges", amendment.partyChanges(), EntryWriter::partyChange);
        }
        putSome(fields, "concerns", entry.header().concerns(), EntryWriter::concern);
        if (entry instanceof Correction correction) {
            fields.put("replacement", replacement(correction.replacement()));
        }
    }

    /** Who and what the entry is about, which stands before its days. */
    private static void putOwn(Map<String, Object> fields, Entry entry) {
        switch (entry) {
            case Opening e -> putSome(fields, "parties", e.parties(), EntryWriter::organisation);
            case Announcement e ->
                    putSome(fields, "speakers", e.speakers(), EntryWriter::organisation);
            case FundingRound e -> {
                fields.put("recipient", organisation(e.recipient()));
                put(fields, "round", e.round());
                put(fields, "amount", e.amount(), EntryWriter::amount);
                put(fields, "preMoney", e.preMoney(), EntryWriter::amount);
                put(fields, "postMoney", e.postMoney(), EntryWriter::amount);
                putSome(fields, "investors", e.investors(), EntryWriter::investor);
            }
            case Partnership e -> {
                putSome(fields, "partners", e.partners(), EntryWriter::organisation);
                put(fields, "scope", e.scope());
                put(fields, "dealValue", e.dealValue(), EntryWriter::amount);
            }
            case Amendment _ -> {}
            case Closing e -> {
                fields.put("how", EnumNames.of(e.how()));
                put(fields, "supersededBy", e.supersededBy());
                putSome(fields, "survives", e.survives(), TermKey::value);
            }
            case Correction e -> {
                fields.put("corrects", target(e.corrects()));
                fields.put("reason", e.reason());
            }
            case Withdrawal e -> {
                fields.put("withdraws", target(e.withdraws()));
                fields.put("reason", e.reason());
            }
            case Confirmation e -> fields.put("confirms", target(e.confirms()));
        }
    }

    private static void putHeader(Map<String, Object> fields, Header header) {
        put(fields, "occurredOn", header.occurredOn());
        put(fields, "effectiveOn", header.effectiveOn());
        put(fields, "disclosedOn", header.disclosedOn());
        put(fields, "instrument", header.instrument());
        if (!header.binding()) {
            fields.put("binding", false);
        }
        put(fields, "ref", header.ref());
        put(fields, "summary", header.summary());
        put(fields, "standing", header.standing(), EnumNames::of);
        putSome(fields, "identifiers", header.identifiers(), EntryWriter::identifier);
        putSome(fields, "sources", header.sources(), EntryWriter::source);
    }

    private static Map<String, Object> identifier(Header.Identifier identifier) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scheme", identifier.scheme());
        fields.put("id", identifier.id());
        return fields;
    }

    private static Map<String, Object> concern(Header.Concern concern) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", concern.key().value());
        fields.put("how", EnumNames.of(concern.how()));
        return fields;
    }

    private static Map<String, Object> source(Source source) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "id", source.id());
        fields.put("title", source.title());
        put(fields, "url", source.url());
        put(fields, "publishedOn", source.publishedOn());
        put(fields, "retrievedOn", source.retrievedOn());
        put(fields, "role", source.role(), EnumNames::of);
        put(fields, "quote", source.quote());
        put(fields, "via", source.via(), EntryWriter::via);
        put(fields, "note", source.note());
        put(fields, "sha256", source.sha256());
        return fields;
    }

    private static Map<String, Object> via(Source.Via via) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "title", via.title());
        put(fields, "url", via.url());
        return fields;
    }

    private static Map<String, Object> organisation(Party party) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", party.id());
        fields.put("name", party.name());
        return fields;
    }

    private static Map<String, Object> investor(Investor investor) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", investor.id());
        fields.put("name", investor.name());
        put(fields, "amount", investor.amount(), EntryWriter::amount);
        put(fields, "condition", investor.condition());
        return fields;
    }

    private static Map<String, Object> partyChange(PartyChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "from", change.from());
        put(fields, "to", change.to(), EntryWriter::organisation);
        fields.put("how", EnumNames.of(change.how()));
        return fields;
    }

    /** A sequence as a number, a ref as text: a ref may look like a number. */
    private static Object target(Target target) {
        return switch (target) {
            case Target.BySequence named -> named.sequence();
            case Target.ByRef named -> named.ref();
        };
    }

    // ---- terms

    private static Map<String, Object> action(TermAction action) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (action) {
            case TermAction.Introduce a -> putProvides(fields, "introduce", a);
            case TermAction.Change a -> putProvides(fields, "change", a);
            case TermAction.Disclose a -> putProvides(fields, "disclose", a);
            case TermAction.Retire a -> {
                fields.put("action", "retire");
                fields.put("key", a.key().value());
                putWords(fields, a.remark());
                putWhere(fields, a.remark());
                put(fields, "validFrom", a.validFrom());
                put(fields, "validTo", a.validTo());
                put(fields, "characterisedAs", a.remark().characterisedAs());
            }
            case TermAction.Reaffirm a -> {
                fields.put("action", "reaffirm");
                fields.put("key", a.key() == null ? TermReader.EVERY_KEY : a.key().value());
                put(fields, "since", a.since());
                putWords(fields, a.remark());
                put(fields, "value", a.value(), EntryWriter::value);
                putWhere(fields, a.remark());
                put(fields, "characterisedAs", a.remark().characterisedAs());
            }
        }
        return fields;
    }

    private static void putProvides(
            Map<String, Object> fields, String name, TermAction.Provides action) {
        Provision provision = action.provision();
        fields.put("action", name);
        fields.put("key", action.key().value());
        fields.put("statement", provision.statement());
        put(fields, "quote", provision.quote());
        put(fields, "source", provision.source());
        put(fields, "locator", provision.locator());
        put(fields, "value", provision.value(), EntryWriter::value);
        put(fields, "category", provision.category());
        put(fields, "condition", provision.condition());
        put(fields, "validFrom", action.validFrom());
        put(fields, "validTo", provision.validTo());
        put(fields, "withheld", provision.withheld(), EnumNames::of);
        put(fields, "characterisedAs", provision.characterisedAs());
    }

    private static void putWords(Map<String, Object> fields, Remark remark) {
        put(fields, "statement", remark.statement());
        put(fields, "quote", remark.quote());
    }

    private static void putWhere(Map<String, Object> fields, Remark remark) {
        put(fields, "source", remark.source());
        put(fields, "locator", remark.locator());
    }

    static Map<String, Object> value(TermValue value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", value.type());
        switch (value) {
            case TermValue.Text v -> fields.put("text", v.text());
            case TermValue.Flag v -> fields.put("flag", v.flag());
            case Money v -> putMoney(fields, v);
            case TermValue.Percentage v -> fields.put("percentage", v.percentage().given());
            case TermValue.Quantity v -> {
                fields.put("quantity", v.quantity().given());
                fields.put("unit", v.unit());
            }
            case TermValue.OnDay v -> fields.put("day", v.day().toString());
            case TermValue.Party v -> fields.put("party", v.party());
        }
        put(fields, "qualifier", value.qualifier(), EnumNames::of);
        return fields;
    }

    private static Map<String, Object> amount(Money money) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putMoney(fields, money);
        put(fields, "qualifier", money.qualifier(), EnumNames::of);
        return fields;
    }

    private static void putMoney(Map<String, Object> fields, Money money) {
        fields.put("amount", money.amount().given());
        fields.put("currency", money.currency());
    }

    static Map<String, Object> movement(Movement movement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", movement.type());
        switch (movement) {
            case Movement.OfMoney m -> {
                fields.put("amount", m.amount().toPlainString());
                fields.put("currency", m.currency());
                put(fields, "percent", m.percent().map(BigDecimal::toPlainString).orElse(null));
            }
            case Movement.OfPercentage m -> fields.put("points", m.points().toPlainString());
            case Movement.OfQuantity m -> {
                fields.put("quantity", m.quantity().toPlainString());
                fields.put("unit", m.unit());
                put(fields, "percent", m.percent().map(BigDecimal::toPlainString).orElse(null));
            }
            case Movement.OfDay m -> {
                fields.put("days", m.days());
                fields.put("period", m.period().toString());
            }
        }
        return fields;
    }

    // ---- leaving out

    /** Text, or a value whose text is its JSON. */
    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        put(fields, name, value, Object::toString);
    }

    private static <T> void put(
            Map<String, Object> fields, String name, @Nullable T value, Function<T, ?> write) {
        if (value != null) {
            fields.put(name, write.apply(value));
        }
    }

    private static <T> void putSome(
            Map<String, Object> fields, String name, Collection<T> items, Function<T, ?> write) {
        if (!items.isEmpty()) {
            List<Object> written = items.stream().<Object>map(write).toList();
            fields.put(name, written);
        }
    }
}
