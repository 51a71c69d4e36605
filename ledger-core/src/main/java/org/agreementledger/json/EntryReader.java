package org.agreementledger.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.agreementledger.agreement.AgreementId;
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
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.agreement.Header;
import org.agreementledger.agreement.Header.Concern;
import org.agreementledger.agreement.Header.Identifier;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.Source;
import org.agreementledger.agreement.Standing;
import org.agreementledger.terms.TermAction;
import org.jspecify.annotations.Nullable;

/** Reads whole entries. */
final class EntryReader {

    private static final int TERM_COUNT_MAX = 2_000;
    private static final int SOURCE_COUNT_MAX = 100;
    private static final int LIST_COUNT_MAX = 1_000;

    private static final List<String> HEADER =
            List.of(
                    "kind",
                    "agreementId",
                    "title",
                    "occurredOn",
                    "effectiveOn",
                    "disclosedOn",
                    "instrument",
                    "binding",
                    "ref",
                    "summary",
                    "standing",
                    "identifiers",
                    "sources",
                    "concerns");

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<Kind> ORIGINALS =
            KINDS.stream().filter(kind -> !isRevision(kind)).toList();
    private static final Map<Kind, List<String>> ALLOWED =
            KINDS.stream().collect(Collectors.toMap(kind -> kind, EntryReader::allowed));

    private EntryReader() {}

    static Entry entry(Place place, @Nullable AgreementId agreementId) {
        Fields object = Fields.of(place, "an entry");
        Kind kind = kind(object, KINDS);
        return entry(object, kind, agreementId);
    }

    /** The replacement of a correction: an entry that says something of the world, whole. */
    private static Original replacement(Place place, AgreementId agreementId) {
        Fields object = Fields.of(place, "a replacement");
        Kind kind = kind(object, ORIGINALS);
        return (Original) entry(object, kind, agreementId);
    }

    private static Kind kind(Fields object, List<Kind> kinds) {
        Place place = object.required("kind", () -> ": one of " + String.join(", ", slugs(kinds)));
        String name = place.shortText();
        for (Kind kind : kinds) {
            if (kind.slug().equals(name)) {
                return kind;
            }
        }
        throw place.unknown(name, slugs(kinds));
    }

    private static List<String> slugs(List<Kind> kinds) {
        return kinds.stream().map(Kind::slug).toList();
    }

    private static boolean isRevision(Kind kind) {
        return switch (kind) {
            case CORRECTION, WITHDRAWAL, CONFIRMATION -> true;
            case OPENING, ANNOUNCEMENT, FUNDING_ROUND, PARTNERSHIP, AMENDMENT, CLOSING -> false;
        };
    }

    private static Entry entry(Fields object, Kind kind, @Nullable AgreementId agreementId) {
        String what = Told.withArticle(kind.slug());
        refuseMisplaced(object, kind, what);
        Fields fields = object.only(what, ALLOWED.get(kind));
        Header header = header(fields, agreementId);
        return switch (kind) {
            case OPENING -> opening(fields, header);
            case ANNOUNCEMENT ->
                    new Announcement(
                            header, organisations(fields, "speakers"), terms(fields, header));
            case FUNDING_ROUND -> fundingRound(fields, header);
            case PARTNERSHIP ->
                    new Partnership(
                            header,
                            organisations(fields, "partners"),
                            fields.optional("scope", Place::longText),
                            fields.optional("dealValue", TermReader::amount),
                            terms(fields, header));
            case AMENDMENT -> amendment(fields, header);
            case CLOSING -> closing(fields, header);
            case CORRECTION ->
                    new Correction(
                            header,
                            fields.required("corrects").target(),
                            replacement(fields.required("replacement"), header.agreementId()),
                            fields.required("reason").longText());
            case WITHDRAWAL ->
                    new Withdrawal(
                            header,
                            fields.required("withdraws").target(),
                            fields.required("reason").longText());
            case CONFIRMATION -> new Confirmation(header, fields.required("confirms").target());
        };
    }

    /** What people put there for a good reason deserves a better answer than "unknown property". */
    private static void refuseMisplaced(Fields object, Kind kind, String what) {
        if (isRevision(kind)) {
            if (object.has("standing")) {
                throw object.at("standing")
                        .malformed(
                                what
                                        + " has no standing of its own: that of the entry it names counts");
            }
            if (object.has("terms")) {
                throw object.at("terms")
                        .malformed(
                                what
                                        + " carries no terms"
                                        + (kind == Kind.CORRECTION
                                                ? "; they belong into its replacement"
                                                : ""));
            }
        }
        if (kind == Kind.CLOSING && object.has("terms")) {
            throw object.at("terms")
                    .malformed(
                            "a closing carries no terms; name the keys that outlive it in survives");
        }
    }

    private static List<String> allowed(Kind kind) {
        List<String> allowed = new ArrayList<>(HEADER);
        if (isRevision(kind)) {
            allowed.remove("standing");
        }
        allowed.addAll(
                switch (kind) {
                    case OPENING -> List.of("parties", "terms");
                    case ANNOUNCEMENT -> List.of("speakers", "terms");
                    case FUNDING_ROUND ->
                            List.of(
                                    "recipient",
                                    "round",
                                    "amount",
                                    "preMoney",
                                    "postMoney",
                                    "investors",
                                    "terms");
                    case PARTNERSHIP -> List.of("partners", "scope", "dealValue", "terms");
                    case AMENDMENT -> List.of("terms", "notAddressed", "restates", "partyChanges");
                    case CLOSING -> List.of("how", "supersededBy", "survives");
                    case CORRECTION -> List.of("corrects", "reason", "replacement");
                    case WITHDRAWAL -> List.of("withdraws", "reason");
                    case CONFIRMATION -> List.of("confirms");
                });
        return allowed;
    }

    // ---- what every entry has

    private static Header header(Fields fields, @Nullable AgreementId agreementId) {
        return new Header(
                agreementId(fields, agreementId),
                fields.required("occurredOn").day(),
                fields.optional("effectiveOn", Place::day),
                fields.optional("disclosedOn", Place::day),
                fields.required("title").shortText(),
                fields.optional("summary", Place::longText),
                fields.optional("standing", place -> place.oneOf(Standing.class)),
                !Boolean.FALSE.equals(fields.optional("binding", Place::flag)),
                fields.optional("instrument", Place::slug),
                fields.optional("ref", Place::slug),
                fields.list("identifiers", LIST_COUNT_MAX, EntryReader::identifier),
                sources(fields),
                fields.list("concerns", LIST_COUNT_MAX, EntryReader::concern));
    }

    private static AgreementId agreementId(Fields fields, @Nullable AgreementId known) {
        if (known != null && !fields.has("agreementId")) {
            return known;
        }
        Place place = fields.required("agreementId");
        AgreementId given = new AgreementId(place.slug());
        if (known != null && !known.equals(given)) {
            throw place.malformed(
                    "agreementId is '%s', but this is recorded under '%s'; leave it out or let it agree"
                            .formatted(given, known));
        }
        return given;
    }

    private static Identifier identifier(Place place) {
        Fields fields = Fields.of(place, "an identifier", List.of("scheme", "id"));
        return new Identifier(fields.required("scheme").slug(), fields.required("id").shortText());
    }

    private static Concern concern(Place place) {
        Fields fields = Fields.of(place, "a concern", List.of("key", "how"));
        return new Concern(
                fields.required("key").key(),
                fields.required("how", ": relates or contests").oneOf(Concern.How.class));
    }

    private static List<Source> sources(Fields fields) {
        Set<String> ids = new HashSet<>();
        return fields.list(
                "sources",
                SOURCE_COUNT_MAX,
                place -> {
                    Source source = source(place);
                    if (source.id() != null && !ids.add(source.id())) {
                        throw new Malformed(
                                "id '%s' names two sources of this entry; give each its own"
                                        .formatted(Told.clip(source.id())),
                                place.pointer() + "/id");
                    }
                    return source;
                });
    }

    private static Source source(Place place) {
        Fields fields =
                Fields.of(
                        place,
                        "a source",
                        List.of(
                                "id",
                                "title",
                                "url",
                                "publishedOn",
                                "retrievedOn",
                                "role",
                                "quote",
                                "via",
                                "note",
                                "sha256"));
        return new Source(
                fields.optional("id", Place::shortText),
                fields.required("title").shortText(),
                fields.optional("url", Place::url),
                fields.optional("publishedOn", Place::day),
                fields.optional("retrievedOn", Place::day),
                fields.optional("role", role -> role.oneOf(Source.Role.class)),
                fields.optional("quote", Place::longText),
                fields.optional("via", EntryReader::via),
                fields.optional("note", Place::longText),
                fields.optional("sha256", Place::sha256));
    }

    private static Source.Via via(Place place) {
        Fields fields = Fields.of(place, "via", List.of("title", "url"));
        if (!fields.has("title") && !fields.has("url")) {
            throw place.malformed("via is empty; give it a title, a url or both, or leave it out");
        }
        return new Source.Via(
                fields.optional("title", Place::shortText), fields.optional("url", Place::url));
    }

    private static List<TermAction> terms(Fields fields, Header header) {
        Set<String> sourceIds = new LinkedHashSet<>();
        for (Source source : header.sources()) {
            if (source.id() != null) {
                sourceIds.add(source.id());
            }
        }
        return fields.list("terms", TERM_COUNT_MAX, new TermReader(sourceIds)::action);
    }

    // ---- what each kind has of its own

    private static Opening opening(Fields fields, Header header) {
        List<Party> parties = organisations(fields, "parties");
        Place place = fields.at("parties");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < parties.size(); i++) {
            if (!ids.add(parties.get(i).id())) {
                throw new Malformed(
                        "id '%s' names two parties; give each its own"
                                .formatted(parties.get(i).id()),
                        place.pointer() + "/" + i + "/id");
            }
        }
        List<TermAction> terms = terms(fields, header);
        for (int i = 0; i < terms.size(); i++) {
            if (!(terms.get(i) instanceof TermAction.Introduce)) {
                throw new Malformed(
                        "an opening may only introduce terms: nothing was there before it",
                        fields.at("terms").pointer() + "/" + i + "/action");
            }
        }
        return new Opening(header, parties, terms);
    }

    private static FundingRound fundingRound(Fields fields, Header header) {
        return new FundingRound(
                header,
                organisation(fields.required("recipient")),
                fields.optional("round", Place::shortText),
                fields.optional("amount", TermReader::amount),
                fields.optional("preMoney", TermReader::amount),
                fields.optional("postMoney", TermReader::amount),
                fields.list("investors", LIST_COUNT_MAX, EntryReader::investor),
                terms(fields, header));
    }

    private static Investor investor(Place place) {
        Fields fields =
                Fields.of(place, "an investor", List.of("id", "name", "amount", "condition"));
        return new Investor(
                fields.required("id").slug(),
                fields.required("name").shortText(),
                fields.optional("amount", TermReader::amount),
                fields.optional("condition", Place::longText));
    }

    private static Amendment amendment(Fields fields, Header header) {
        return new Amendment(
                header,
                terms(fields, header),
                fields.list("notAddressed", LIST_COUNT_MAX, Place::key),
                Boolean.TRUE.equals(fields.optional("restates", Place::flag)),
                fields.list("partyChanges", LIST_COUNT_MAX, EntryReader::partyChange));
    }

    private static PartyChange partyChange(Place place) {
        Fields named = Fields.of(place, "a party change", List.of("from", "to", "how"));
        PartyChange.How how =
                named.required("how", () -> EnumNames.oneOf(PartyChange.How.class))
                        .oneOf(PartyChange.How.class);
        String what = Told.withArticle(EnumNames.of(how)) + " party change";
        boolean somebodyLeaves = how != PartyChange.How.JOINING;
        boolean somebodyComes = how != PartyChange.How.LEAVING;
        if (!somebodyLeaves && named.has("from")) {
            throw named.at("from").malformed(what + " has a to and no from: nobody is replaced");
        }
        if (!somebodyComes && named.has("to")) {
            throw named.at("to").malformed(what + " has a from and no to: nobody comes instead");
        }
        Fields fields = named.only(what, List.of("from", "to", "how"));
        return new PartyChange(
                somebodyLeaves
                        ? fields.required(
                                        "from", ": the id of the party that leaves or is replaced")
                                .slug()
                        : null,
                somebodyComes
                        ? organisation(
                                fields.required("to", ": the party that comes, its id and name"))
                        : null,
                how);
    }

    private static Closing closing(Fields fields, Header header) {
        Closing.How how =
                fields.required("how", () -> EnumNames.oneOf(Closing.How.class))
                        .oneOf(Closing.How.class);
        if (how != Closing.How.SUPERSEDED && fields.has("supersededBy")) {
            throw fields.at("supersededBy")
                    .malformed(
                            "supersededBy goes only with how: superseded, and how is "
                                    + EnumNames.of(how));
        }
        return new Closing(
                header,
                how,
                how == Closing.How.SUPERSEDED
                        ? new AgreementId(
                                fields.required(
                                                "supersededBy",
                                                " that is superseded: the id of the agreement in its place")
                                        .slug())
                        : null,
                fields.list("survives", LIST_COUNT_MAX, Place::key));
    }

    private static List<Party> organisations(Fields fields, String name) {
        Place place = fields.required(name, ": at least one organisation, {id, name}");
        List<Party> organisations = place.list(LIST_COUNT_MAX, EntryReader::organisation);
        requireSome(organisations, place);
        return organisations;
    }

    private static void requireSome(Collection<?> items, Place place) {
        if (items.isEmpty()) {
            throw place.malformed(place.name() + " is empty; name at least one organisation");
        }
    }

    private static Party organisation(Place place) {
        Fields fields = Fields.of(place, "an organisation", List.of("id", "name"));
        return new Party(fields.required("id").slug(), fields.required("name").shortText());
    }
}
