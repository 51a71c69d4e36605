package org.agreementledger.api.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.agreement.Kind;
import org.agreementledger.api.dashboard.Field.Input;
import org.agreementledger.api.dashboard.Field.Input.Choice;
import org.agreementledger.api.dashboard.Field.Input.Day;
import org.agreementledger.api.dashboard.Field.Input.Fixed;
import org.agreementledger.api.dashboard.Field.Input.Group;
import org.agreementledger.api.dashboard.Field.Input.Key;
import org.agreementledger.api.dashboard.Field.Input.Line;
import org.agreementledger.api.dashboard.Field.Input.Many;
import org.agreementledger.api.dashboard.Field.Input.Tick;
import org.agreementledger.api.dashboard.Field.Input.Words;
import org.agreementledger.api.dashboard.Field.Option;
import org.agreementledger.api.dashboard.Field.When;

/** What each kind of entry asks: the fields of the contract, in the words of a person. */
final class EntryFields {

    /** Title and day, which come first in every form. */
    private static final int HEAD_COUNT = 2;

    private EntryFields() {}

    /** A new entry of that kind; an opening also says which agreement it opens. */
    static Field of(Kind kind) {
        List<Field> fields = fields(kind);
        if (kind == Kind.OPENING) {
            fields.add(
                    HEAD_COUNT,
                    line(
                                    "agreementId",
                                    "Short name of the agreement",
                                    "Lower-case letters, digits and hyphens. It becomes part of every address and stays for ever.")
                            .need());
        }
        return form(kind, fields);
    }

    /** The correction of an entry of that kind: its own words, and the whole replacement. */
    static Field correction(Kind replaced, int sequence) {
        List<Field> fields = new ArrayList<>();
        fields.add(fixed("corrects", sequence));
        fields.add(
                reason("What was wrong", "Why the entry as recorded does not say what it should."));
        fields.addAll(head(Kind.CORRECTION));
        fields.add(
                group(
                                "replacement",
                                "The entry as it should be",
                                "It takes the place of the recorded one, whole. What was recorded stays there to be asked for.",
                                Stream.concat(
                                                Stream.of(fixed("kind", replaced.slug())),
                                                fields(replaced).stream())
                                        .toArray(Field[]::new))
                        .need());
        fields.addAll(tail(Kind.CORRECTION));
        return form(Kind.CORRECTION, fields);
    }

    static Field withdrawal(int sequence) {
        return revision(
                Kind.WITHDRAWAL,
                fixed("withdraws", sequence),
                reason("Why it is withdrawn", "Why it should never have been recorded."));
    }

    static Field confirmation(int sequence) {
        return revision(Kind.CONFIRMATION, fixed("confirms", sequence));
    }

    private static Field revision(Kind kind, Field... own) {
        List<Field> fields = new ArrayList<>(List.of(own));
        fields.addAll(head(kind));
        fields.addAll(tail(kind));
        return form(kind, fields);
    }

    private static Field form(Kind kind, List<Field> fields) {
        List<Field> all = new ArrayList<>();
        all.add(fixed("kind", kind.slug()));
        all.addAll(fields);
        return Field.of("", "", "", new Group(List.copyOf(all)));
    }

    private static List<Field> fields(Kind kind) {
        List<Field> fields = new ArrayList<>(head(kind));
        fields.addAll(own(kind));
        fields.addAll(tail(kind));
        return fields;
    }

    // ---- what every entry has

    private static List<Field> head(Kind kind) {
        return List.of(
                Field.of(
                                "title",
                                "Title",
                                "What it is, in a few words of your own.",
                                new Line("", kind == Kind.OPENING ? "agreementId" : ""))
                        .need(),
                day("occurredOn", dayOf(kind), hintOfDay(kind)).need());
    }

    private static String dayOf(Kind kind) {
        return switch (kind) {
            case OPENING, AMENDMENT, CLOSING -> "Day it was signed";
            case ANNOUNCEMENT -> "Day it was said";
            case FUNDING_ROUND, PARTNERSHIP -> "Day it was made known";
            case CORRECTION, WITHDRAWAL -> "Day it was noticed";
            case CONFIRMATION -> "Day it was confirmed";
        };
    }

    private static String hintOfDay(Kind kind) {
        String form = "Like 2026-02-27, or 2026-02 or 2026 where no more is known.";
        return switch (kind) {
            case OPENING, AMENDMENT, CLOSING ->
                    form + " Takes effect that day too, unless you say otherwise under “More”.";
            default -> form;
        };
    }

    private static List<Field> tail(Kind kind) {
        List<Field> fields = new ArrayList<>();
        List<Field> usual = new ArrayList<>();
        usual.add(
                many(
                        "sources",
                        "Sources",
                        "Who says so, and where it can be read.",
                        "Source",
                        source()));
        usual.add(words("summary", "Summary", "Neutral, in your own words."));
        // Those of its replacement are meant, nearly always.
        usual.forEach(field -> fields.add(kind == Kind.CORRECTION ? field.seldom() : field));
        if (!Recordings.isRevision(kind)) {
            fields.add(standing(kind));
        }
        fields.add(
                day(
                                "effectiveOn",
                                "Takes effect on",
                                "Where that is another day than the one above; it may lie ahead.")
                        .seldom());
        fields.add(
                day(
                                "disclosedOn",
                                "First made public on",
                                "Where that is another day than the one above.")
                        .seldom());
        fields.add(
                line(
                                "instrument",
                                "Kind of document",
                                "Lower-case with hyphens: press-release, filing, side-letter.")
                        .seldom());
        fields.add(
                Field.of(
                                "binding",
                                "It binds nobody",
                                "A memorandum or a letter of intent. Such an entry cannot change terms.",
                                new Tick(false))
                        .seldom());
        fields.add(
                line(
                                "ref",
                                "Your own reference",
                                "Lower-case with hyphens, once per agreement. The same in two agreements marks one happening.")
                        .seldom());
        fields.add(
                many(
                                "identifiers",
                                "Numbers of the document",
                                "Such as its accession number at a regulator.",
                                "Number",
                                line("scheme", "Whose numbering", "Such as sec-accession.").need(),
                                line("id", "Number", "").need())
                        .seldom());
        fields.add(
                many(
                                "concerns",
                                "Terms it is about without touching them",
                                "",
                                "Term",
                                key("key", "Term", "").need(),
                                choice(
                                                "how",
                                                "How",
                                                "",
                                                Option.of("relates", "Relates to it"),
                                                Option.of("contests", "Contests it"))
                                        .need())
                        .seldom());
        return fields;
    }

    /** An opening cannot be only reported. */
    private static Field standing(Kind kind) {
        Option confirmed = Option.of("confirmed", "Confirmed by a party or a document");
        return kind == Kind.OPENING
                ? choice("standing", "How sure is it?", "", confirmed).seldom()
                : choice(
                        "standing",
                        "How sure is it?",
                        "What is only reported is shown apart, and can be confirmed later.",
                        confirmed,
                        Option.of("reported", "Only reported by somebody"));
    }

    private static Field[] source() {
        return new Field[] {
            line("title", "Title", "Of the document or the page.").need(),
            line("url", "Address", "Starts with https://"),
            day("publishedOn", "Published on", ""),
            choice(
                    "role",
                    "Whose word is it?",
                    "",
                    Option.of("party", "A party’s"),
                    Option.of("regulator", "A regulator’s"),
                    Option.of("court", "A court’s"),
                    Option.of("press", "The press’s"),
                    Option.of("other", "Somebody else’s")),
            words("quote", "Quote", "A sentence or two, word for word."),
            line("id", "Short name", "Such as s1, so that terms can name this source.").seldom(),
            day("retrievedOn", "Read on", "").seldom(),
            group(
                            "via",
                            "Where it was seen",
                            "If not at the source itself.",
                            line("title", "Title", ""),
                            line("url", "Address", ""))
                    .seldom(),
            words("note", "Note", "").seldom(),
            line("sha256", "SHA-256 of the document", "64 digits, lower case.").seldom()
        };
    }

    // ---- what each kind has of its own

    private static List<Field> own(Kind kind) {
        return switch (kind) {
            case OPENING ->
                    List.of(
                            organisations("parties", "Parties", "Who agreed.", "Party"),
                            terms("Terms", "What they agreed, one by one.", "introduce"));
            case ANNOUNCEMENT ->
                    List.of(
                            organisations("speakers", "Speakers", "Who said it.", "Speaker"),
                            claims());
            case FUNDING_ROUND ->
                    List.of(
                            group("recipient", "Who receives the money", "", organisation()).need(),
                            line("round", "Name of the round", "Such as Series B."),
                            amount("amount", "Amount raised"),
                            amount("preMoney", "Valuation before the money"),
                            amount("postMoney", "Valuation with the money"),
                            many(
                                    "investors",
                                    "Investors",
                                    "Those whose amount is not known have none.",
                                    "Investor",
                                    Stream.concat(
                                                    Arrays.stream(organisation()),
                                                    Stream.of(
                                                            amount("amount", "Amount"),
                                                            line(
                                                                    "condition",
                                                                    "Condition",
                                                                    "Where the money depends on something.")))
                                            .toArray(Field[]::new)),
                            claims());
            case PARTNERSHIP ->
                    List.of(
                            organisations("partners", "Partners", "The new ones.", "Partner"),
                            words("scope", "Scope", "What the partnership is about."),
                            amount("dealValue", "Value of the deal"),
                            claims());
            case AMENDMENT ->
                    List.of(
                            terms(
                                    "Terms",
                                    "What it does to each term.",
                                    "change",
                                    "introduce",
                                    "retire",
                                    "disclose",
                                    "reaffirm"),
                            Field.of(
                                    "restates",
                                    "It restates the agreement as a whole",
                                    "Then it must say something of every term in force.",
                                    new Tick(true)),
                            keys(
                                            "notAddressed",
                                            "Terms it says nothing of",
                                            "Worth noting where one would expect them.")
                                    .seldom(),
                            many("partyChanges", "Changes of parties", "", "Change", partyChange())
                                    .seldom());
            case CLOSING ->
                    List.of(
                            choice(
                                            "how",
                                            "How it ended",
                                            "",
                                            Option.of("expired", "It expired"),
                                            Option.of("terminated", "It was terminated"),
                                            Option.of(
                                                    "superseded",
                                                    "Another agreement took its place"),
                                            Option.of("novated", "It was novated"))
                                    .need(),
                            line(
                                            "supersededBy",
                                            "The agreement in its place",
                                            "Its short name, as in its address.")
                                    .onlyWhen(When.answered("how", "superseded"))
                                    .needWhen(When.answered("how", "superseded")),
                            keys(
                                    "survives",
                                    "Terms that outlive it",
                                    "All others end with the agreement."));
            case CORRECTION, WITHDRAWAL, CONFIRMATION -> List.of();
        };
    }

    private static Field reason(String label, String hint) {
        return words("reason", label, hint).need();
    }

    private static Field[] partyChange() {
        When leaves = When.answered("how", "leaving", "assignment", "succession", "renaming");
        When comes = When.answered("how", "joining", "assignment", "succession", "renaming");
        return new Field[] {
            choice(
                            "how",
                            "What happens",
                            "",
                            Option.of("joining", "A party joins"),
                            Option.of("leaving", "A party leaves"),
                            Option.of("assignment", "A party hands over to another"),
                            Option.of("succession", "A party is succeeded by another"),
                            Option.of("renaming", "A party takes another name"))
                    .need(),
            organisationId("from", "Party before", "Its id.").onlyWhen(leaves).needWhen(leaves),
            group("to", "Party after", "", organisation()).onlyWhen(comes).needWhen(comes)
        };
    }

    private static Field organisations(String name, String label, String hint, String one) {
        return many(name, label, hint, one, organisation()).need();
    }

    private static Field[] organisation() {
        return new Field[] {
            Field.of("name", "Name", "", new Line("organisations", "id")).need(),
            organisationId("id", "Id", "Lower-case with hyphens; the same everywhere.").need()
        };
    }

    private static Field organisationId(String name, String label, String hint) {
        return Field.of(name, label, hint, new Line("organisation-ids", ""));
    }

    private static Field amount(String name, String label) {
        return group(
                name,
                label,
                "",
                number("amount", "Amount", "Plain digits: 1250000000 or 12.50").need(),
                currency().need(),
                qualifier());
    }

    // ---- terms

    private static final When PROVIDES = When.answered("action", "introduce", "change", "disclose");
    private static final When ACTS =
            When.answered("action", "introduce", "change", "disclose", "retire");
    private static final When REAFFIRMS = When.answered("action", "reaffirm");

    /** All that an entry which cannot change terms may say of them. */
    private static Field claims() {
        return terms(
                "What it says of the terms",
                "It can say that a term is unchanged, which is checked, or tell more of one. It cannot change any.",
                "reaffirm",
                "disclose");
    }

    private static Field terms(String label, String hint, String... actions) {
        Field action =
                actions.length == 1
                        ? fixed("action", actions[0])
                        : choice(
                                        "action",
                                        "What it does",
                                        "",
                                        Arrays.stream(actions)
                                                .map(EntryFields::action)
                                                .toArray(Option[]::new))
                                .need();
        return many(
                "terms",
                label,
                hint,
                "Term",
                action,
                key("key", "Term", "Such as price.unit; * stands for every other term.").need(),
                words("statement", "What the term is", "In your own words.").needWhen(PROVIDES),
                words(
                        "quote",
                        "Quote",
                        "The document’s own words, verbatim: they are compared word by word."),
                value().onlyWhen(
                                When.answered(
                                        "action", "introduce", "change", "disclose", "reaffirm")),
                day(
                                "since",
                                "Unchanged since",
                                "The day from which it is said to be the same; needed for *.")
                        .onlyWhen(REAFFIRMS),
                day("validFrom", "Holds from", "Where that is another day than the entry’s.")
                        .onlyWhen(ACTS)
                        .needWhen(When.answered("action", "disclose")),
                day("validTo", "Holds no longer from", "The first day on which it does not.")
                        .onlyWhen(ACTS)
                        .seldom(),
                words("condition", "Condition", "Where it depends on something.")
                        .onlyWhen(PROVIDES)
                        .seldom(),
                line("category", "Category", "Lower-case with hyphens: exclusivity, term-length.")
                        .onlyWhen(PROVIDES)
                        .seldom(),
                choice(
                                "withheld",
                                "Is there more?",
                                "",
                                Option.of("undisclosed", "More that was not disclosed"),
                                Option.of("redacted", "More that is blacked out"))
                        .onlyWhen(PROVIDES)
                        .seldom(),
                line(
                                "characterisedAs",
                                "What the speaker calls it",
                                "Such as unchanged, in their own word.")
                        .seldom(),
                line("source", "Source", "The short name of one of the sources below.").seldom(),
                line("locator", "Place in the source", "Such as §4.2(b).").seldom());
    }

    private static Option action(String action) {
        return Option.of(
                action,
                switch (action) {
                    case "introduce" -> "Introduces a new term";
                    case "change" -> "Changes a term";
                    case "retire" -> "Ends a term";
                    case "disclose" -> "Tells more of what already held";
                    case "reaffirm" -> "Says it is unchanged";
                    default -> throw new IllegalArgumentException(action);
                });
    }

    private static Field value() {
        return group(
                "value",
                "Value",
                "So that it can be compared and searched.",
                choice(
                        "type",
                        "Type",
                        "",
                        Option.of("text", "Text"),
                        Option.of("flag", "Yes or no"),
                        Option.of("money", "Money"),
                        Option.of("percentage", "Percentage"),
                        Option.of("quantity", "Quantity"),
                        Option.of("day", "Day"),
                        Option.of("party", "Organisation")),
                ofType("text", line("text", "Text", "")),
                ofType(
                        "flag",
                        choice(
                                "flag",
                                "Yes or no",
                                "",
                                new Option("true", "Yes", true),
                                new Option("false", "No", false))),
                ofType("money", number("amount", "Amount", "Plain digits: 12.50")),
                ofType("money", currency()),
                ofType("percentage", number("percentage", "Per cent", "")),
                ofType("quantity", number("quantity", "How many", "")),
                ofType("quantity", line("unit", "Of what", "Such as MW.")),
                ofType("day", day("day", "Day", "")),
                ofType("party", organisationId("party", "Organisation", "Its id.")),
                qualifier()
                        .onlyWhen(
                                When.answered(
                                        "type",
                                        "text",
                                        "flag",
                                        "money",
                                        "percentage",
                                        "quantity",
                                        "day",
                                        "party")));
    }

    private static Field ofType(String type, Field field) {
        When chosen = When.answered("type", type);
        return field.onlyWhen(chosen).needWhen(chosen);
    }

    private static Field currency() {
        return Field.of(
                "currency", "Currency", "Three letters: USD, EUR.", new Line("currencies", ""));
    }

    private static Field qualifier() {
        return choice(
                "qualifier",
                "Exactly?",
                "",
                Option.of("about", "About"),
                Option.of("up-to", "Up to"),
                Option.of("at-least", "At least"));
    }

    // ---- kinds of fields

    private static Field fixed(String name, Object value) {
        return Field.of(name, "", "", new Fixed(value));
    }

    private static Field line(String name, String label, String hint) {
        return Field.of(name, label, hint, new Line("", ""));
    }

    private static Field words(String name, String label, String hint) {
        return Field.of(name, label, hint, new Words());
    }

    private static Field day(String name, String label, String hint) {
        return Field.of(name, label, hint, new Day());
    }

    private static Field number(String name, String label, String hint) {
        return Field.of(name, label, hint, new Input.Number());
    }

    private static Field key(String name, String label, String hint) {
        return Field.of(name, label, hint, new Key());
    }

    private static Field choice(String name, String label, String hint, Option... options) {
        return Field.of(name, label, hint, new Choice(List.of(options)));
    }

    private static Field group(String name, String label, String hint, Field... fields) {
        return Field.of(name, label, hint, new Group(List.of(fields)));
    }

    private static Field many(String name, String label, String hint, String one, Field... fields) {
        return Field.of(name, label, hint, new Many(group("", one, "", fields)));
    }

    private static Field keys(String name, String label, String hint) {
        return Field.of(name, label, hint, new Many(key("", "Term", "").need()));
    }
}
