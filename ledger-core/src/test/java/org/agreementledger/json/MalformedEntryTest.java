package org.agreementledger.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case spoils the golden entry of a kind in one place. */
class MalformedEntryTest {

    private static final String FORM =
            """
            # ---- required
            announcement  | /kind -                                   | /kind                     | kind is required for an entry: one of opening, announcement, funding-round
            announcement  | /agreementId -                            | /agreementId              | agreementId is required for an announcement
            opening       | /title -                                  | /title                    | title is required for an opening
            announcement  | /occurredOn -                             | /occurredOn               | occurredOn is required for an announcement
            opening       | /parties -                                | /parties                  | parties is required for an opening: at least one organisation
            opening       | /parties = []                             | /parties                  | parties is empty; name at least one organisation
            announcement  | /speakers -                               | /speakers                 | speakers is required for an announcement
            announcement  | /speakers = []                            | /speakers                 | speakers is empty
            funding-round | /recipient -                              | /recipient                | recipient is required for a funding-round
            partnership   | /partners -                               | /partners                 | partners is required for a partnership
            partnership   | /partners = []                            | /partners                 | partners is empty
            closing       | /how -                                    | /how                      | how is required for a closing: one of expired, terminated, superseded, novated
            correction    | /corrects -                               | /corrects                 | corrects is required for a correction
            correction    | /reason -                                 | /reason                   | reason is required for a correction
            correction    | /replacement -                            | /replacement              | replacement is required for a correction
            correction    | /replacement/title -                      | /replacement/title        | title is required for a funding-round
            correction    | /replacement/recipient -                  | /replacement/recipient    | recipient is required for a funding-round
            correction    | /replacement/occurredOn -                 | /replacement/occurredOn   | occurredOn is required
            correction    | /replacement/kind -                       | /replacement/kind         | kind is required for a replacement
            withdrawal    | /withdraws -                              | /withdraws                | withdraws is required for a withdrawal
            withdrawal    | /reason -                                 | /reason                   | reason is required for a withdrawal
            confirmation  | /confirms -                               | /confirms                 | confirms is required for a confirmation
            opening       | /parties/1/name -                         | /parties/1/name           | name is required for an organisation
            opening       | /parties/1/id -                           | /parties/1/id             | id is required for an organisation
            opening       | /sources/1/title -                        | /sources/1/title          | title is required for a source
            opening       | /identifiers/0/scheme -                   | /identifiers/0/scheme     | scheme is required for an identifier
            opening       | /identifiers/0/id -                       | /identifiers/0/id         | id is required for an identifier
            opening       | /concerns/0/how -                         | /concerns/0/how           | how is required for a concern: relates or contests
            opening       | /concerns/0/key -                         | /concerns/0/key           | key is required for a concern
            opening       | /sources/0/via = {}                       | /sources/0/via            | via is empty; give it a title, a url or both
            opening       | /terms/0/action -                         | /terms/0/action           | action is required for a term: one of introduce, change, retire, disclose, reaffirm
            opening       | /terms/0/key -                            | /terms/0/key              | key is required for an introduce action
            opening       | /terms/0/statement -                      | /terms/0/statement        | statement is required for an introduce action
            amendment     | /terms/0/statement -                      | /terms/0/statement        | statement is required for a change action
            announcement  | /terms/2/statement -                      | /terms/2/statement        | statement is required for a disclose action
            announcement  | /terms/2/validFrom -                      | /terms/2/validFrom        | validFrom is required for a disclose action
            announcement  | /terms/1/since -                          | /terms/1/since            | since is required for a reaffirm action whose key is *
            opening       | /terms/0/value/type -                     | /terms/0/value/type       | type is required for a value: one of text, flag, money, percentage, quantity, day, party
            opening       | /terms/0/value/flag -                     | /terms/0/value/flag       | flag is required for a flag value
            opening       | /terms/1/value/currency -                 | /terms/1/value/currency   | currency is required for a money value
            partnership   | /dealValue/currency -                     | /dealValue/currency       | currency is required for an amount of money
            partnership   | /terms/0/value/unit -                     | /terms/0/value/unit       | unit is required for a quantity value

            # ---- unknown
            announcement  | /titel = "x"                              | /titel                    | unknown property 'titel'; an announcement may carry: kind, agreementId, title
            announcement  | /titel = "x"                              | /titel                    | did you mean 'title'?
            announcement  | /occurred_on = "2026"                     | /occurred_on              | did you mean 'occurredOn'?
            announcement  | /amount = {}                              | /amount                   | unknown property 'amount'; an announcement may carry
            announcement  | /a~1b~0c = 1                              | /a~1b~0c                  | unknown property 'a/b~c'
            opening       | /speakers = []                            | /speakers                 | unknown property 'speakers'; an opening may carry
            opening       | /parties/0/nmae = "x"                     | /parties/0/nmae           | unknown property 'nmae'; an organisation may carry: id, name; did you mean 'name'?
            opening       | /sources/0/author = "x"                   | /sources/0/author         | unknown property 'author'; a source may carry
            opening       | /sources/0/via/note = "x"                 | /sources/0/via/note       | unknown property 'note'; via may carry: title, url
            opening       | /terms/0/since = "2019"                   | /terms/0/since            | unknown property 'since'; an introduce action may carry
            opening       | /terms/0/value/amount = "1"               | /terms/0/value/amount     | unknown property 'amount'; a flag value may carry: type, flag, qualifier
            opening       | /terms/0/value/kind = "x"                 | /terms/0/value/kind       | unknown property 'kind'
            amendment     | /terms/5/value = {}                       | /terms/5/value            | unknown property 'value'; a retire action may carry
            announcement  | /terms/0/validFrom = "2026"               | /terms/0/validFrom        | unknown property 'validFrom'; a reaffirm action may carry
            funding-round | /amount/type = "money"                    | /amount/type              | unknown property 'type'; an amount of money may carry: amount, currency, qualifier
            correction    | /replacement/titel = "x"                  | /replacement/titel        | unknown property 'titel'; a funding-round may carry
            correction    | /standing = "reported"                    | /standing                 | a correction has no standing of its own
            withdrawal    | /standing = "reported"                    | /standing                 | a withdrawal has no standing of its own
            confirmation  | /standing = "confirmed"                   | /standing                 | a confirmation has no standing of its own
            correction    | /terms = []                               | /terms                    | a correction carries no terms; they belong into its replacement
            confirmation  | /terms = []                               | /terms                    | a confirmation carries no terms
            closing       | /terms = []                               | /terms                    | a closing carries no terms; name the keys that outlive it in survives
            closing       | /restates = false                         | /restates                 | unknown property 'restates'

            # ---- wrong type, null
            announcement  | /title = 7                                | /title                    | title must be text, not the number 7: put it in quotes
            announcement  | /title = true                             | /title                    | title must be text, not true: put it in quotes
            announcement  | /title = ["x"]                            | /title                    | title must be text, not a list
            announcement  | /title = {}                               | /title                    | title must be text, not an object
            announcement  | /kind = 1                                 | /kind                     | kind must be text
            announcement  | /summary = null                           | /summary                  | leave absent fields out; null is not allowed
            announcement  | /summary = ["x"]                          | /summary                  | summary must be text, not a list
            announcement  | /terms = null                             | /terms                    | terms: leave absent fields out; null is not allowed
            announcement  | /terms = {}                               | /terms                    | terms must be a list, not an object
            announcement  | /terms/0 = null                           | /terms/0                  | terms[0]: leave absent items out; null is not allowed
            announcement  | /terms/0 = "reaffirm"                     | /terms/0                  | terms[0] must be an object, not text
            announcement  | /terms/0/quote = null                     | /terms/0/quote            | quote: leave absent fields out; null is not allowed
            announcement  | /speakers = "Microsoft"                   | /speakers                 | speakers must be a list, not text
            announcement  | /speakers/0 = "Microsoft"                 | /speakers/0               | speakers[0] must be an object, not text
            announcement  | /binding = "true"                         | /binding                  | binding must be true or false, without quotes, not text
            amendment     | /restates = 1                             | /restates                 | restates must be true or false
            amendment     | /notAddressed/0 = 7                       | /notAddressed/0           | notAddressed[0] must be text, not the number 7
            amendment     | /notAddressed = "agi"                     | /notAddressed             | notAddressed must be a list, not text
            opening       | /terms/0/value = true                     | /terms/0/value            | value must be an object, not true
            opening       | /terms/0/value/flag = "yes"               | /terms/0/value/flag       | flag must be true or false, without quotes
            opening       | /identifiers/0/id = 17                    | /identifiers/0/id         | id must be text, not the number 17: put it in quotes
            funding-round | /amount = "110"                           | /amount                   | amount must be an object, not text
            funding-round | /amount/amount = 12.50                    | /amount/amount            | amount must be a string of digits like "12.50", not a number: decimals never pass through a binary floating-point number
            funding-round | /investors/0/amount/amount = 5            | /investors/0/amount/amount| amount must be a string of digits
            amendment     | /terms/1/value/percentage = 27            | /terms/1/value/percentage | percentage must be a string of digits
            partnership   | /terms/0/value/quantity = 250             | /terms/0/value/quantity   | quantity must be a string of digits
            correction    | /replacement = "14"                       | /replacement              | replacement must be an object, not text
            correction    | /replacement = [{}]                       | /replacement              | replacement must be an object, not a list
            correction    | /corrects = 1.5                           | /corrects                 | corrects must name an entry: its sequence, a whole number from 1, or its ref
            correction    | /corrects = 0                             | /corrects                 | corrects must name an entry
            correction    | /corrects = -3                            | /corrects                 | corrects must name an entry
            correction    | /corrects = 2147483648                    | /corrects                 | corrects must name an entry
            correction    | /corrects = true                          | /corrects                 | corrects must name an entry
            correction    | /corrects = "Joint statement"             | /corrects                 | corrects: 'Joint statement' is not a slug
            withdrawal    | /withdraws = [9]                          | /withdraws                | withdraws must name an entry
            confirmation  | /confirms = ""                            | /confirms                 | confirms is blank

            # ---- enumerations
            announcement  | /kind = "announcment"                     | /kind                     | kind must be one of opening, announcement, funding-round, partnership, amendment, closing, correction, withdrawal, confirmation, not 'announcment'; did you mean 'announcement'?
            announcement  | /kind = "FUNDING_ROUND"                   | /kind                     | did you mean 'funding-round'?
            announcement  | /kind = "gossip"                          | /kind                     | kind must be one of opening
            announcement  | /standing = "rumoured"                    | /standing                 | standing must be one of confirmed, reported, not 'rumoured'
            opening       | /sources/0/role = "blog"                  | /sources/0/role           | role must be one of party, regulator, court, press, other
            opening       | /concerns/0/how = "touches"               | /concerns/0/how           | how must be one of relates, contests
            opening       | /terms/0/withheld = "secret"              | /terms/0/withheld         | withheld must be one of undisclosed, redacted
            opening       | /terms/0/action = "add"                   | /terms/0/action           | action must be one of introduce, change, retire, disclose, reaffirm
            opening       | /terms/0/value/type = "boolean"           | /terms/0/value/type       | type must be one of text, flag, money, percentage, quantity, day, party
            opening       | /terms/1/value/qualifier = "circa"        | /terms/1/value/qualifier  | qualifier must be one of about, up-to, at-least
            funding-round | /amount/qualifier = "circa"               | /amount/qualifier         | qualifier must be one of about, up-to, at-least
            closing       | /how = "breached"                         | /how                      | how must be one of expired, terminated, superseded, novated
            amendment     | /partyChanges/0/how = "merging"           | /partyChanges/0/how       | how must be one of joining, leaving, assignment, succession, renaming

            # ---- days
            announcement  | /occurredOn = "27.2.2026"                 | /occurredOn               | occurredOn: '27.2.2026' is not a day; write it as 2026-02-27
            announcement  | /occurredOn = "2026-02-30"                | /occurredOn               | occurredOn: '2026-02-30' is a day that does not exist
            announcement  | /occurredOn = "2026-13"                   | /occurredOn               | does not exist
            announcement  | /occurredOn = "2026-02-27T00:00:00Z"      | /occurredOn               | is not a day
            announcement  | /occurredOn = 20260227                    | /occurredOn               | occurredOn must be a day like "2026-02-27", "2026-02" or "2026", not this number: put it in quotes
            announcement  | /occurredOn = 2026.5                      | /occurredOn               | put it in quotes
            announcement  | /occurredOn = 12                          | /occurredOn               | put it in quotes
            announcement  | /occurredOn = ""                          | /occurredOn               | occurredOn is blank
            opening       | /terms/0/validTo = "never"                | /terms/0/validTo          | validTo: 'never' is not a day
            amendment     | /terms/2/value/day = "2032-12-32"         | /terms/2/value/day        | day: '2032-12-32' is a day that does not exist
            opening       | /sources/0/publishedOn = "yesterday"      | /sources/0/publishedOn    | publishedOn: 'yesterday' is not a day

            # ---- slugs, keys, decimals, digests
            announcement  | /agreementId = "Microsoft OpenAI"         | /agreementId              | agreementId: 'Microsoft OpenAI' is not a slug
            announcement  | /agreementId = ""                         | /agreementId              | agreementId is blank
            announcement  | /ref = "-x"                               | /ref                      | ref: '-x' is not a slug
            announcement  | /ref = 2019                               | /ref                      | ref must be text, not the number 2019: put it in quotes
            announcement  | /instrument = "press release"             | /instrument               | instrument: 'press release' is not a slug
            opening       | /identifiers/0/scheme = "SEC"             | /identifiers/0/scheme     | scheme: 'SEC' is not a slug
            opening       | /parties/0/id = "OpenAI"                  | /parties/0/id             | id: 'OpenAI' is not a slug
            opening       | /parties/1/id = "microsoft"               | /parties/1/id             | id 'microsoft' names two parties
            opening       | /terms/0/category = "Exclusivity"         | /terms/0/category         | category: 'Exclusivity' is not a slug
            opening       | /terms/0/key = "Cloud API"                | /terms/0/key              | key: 'Cloud API' is not a term key
            opening       | /terms/0/key = "*"                        | /terms/0/key              | key: '*' is not a term key
            amendment     | /terms/3/value/party = "Microsoft Corp."  | /terms/3/value/party      | party: 'Microsoft Corp.' is not a slug
            amendment     | /notAddressed/0 = "agi-determination"     | /notAddressed/0           | notAddressed[0]: 'agi-determination' is not a term key
            closing       | /survives/1 = ".x"                        | /survives/1               | survives[1]: '.x' is not a term key
            closing       | /supersededBy = "Other"                   | /supersededBy             | supersededBy: 'Other' is not a slug
            funding-round | /amount/amount = "1,000"                  | /amount/amount            | amount: '1,000' is not a decimal number
            funding-round | /amount/amount = "1e9"                    | /amount/amount            | is not a decimal number
            funding-round | /amount/amount = "-1"                     | /amount/amount            | amount must not be negative here, and is -1
            funding-round | /investors/0/amount/amount = "-0.01"      | /investors/0/amount/amount| amount must not be negative
            partnership   | /dealValue/amount = "-5"                  | /dealValue/amount         | amount must not be negative
            funding-round | /amount/currency = "Dollar"               | /amount/currency          | currency: 'Dollar' is not a currency
            opening       | /sources/0/sha256 = "abc"                 | /sources/0/sha256         | sha256: 'abc' is not a SHA-256; write its 64 hexadecimal digits in lower case
            opening       | /sources/0/sha256 = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855" | /sources/0/sha256 | in lower case

            # ---- characters
            announcement  | /title = ""                               | /title                    | title is blank
            announcement  | /title = " \\n "                          | /title                    | title is blank
            announcement  | /summary = ""                             | /summary                  | summary is blank; say something or leave it out
            announcement  | /summary = "a\\u0000b"                    | /summary                  | summary holds U+0000 as its character 2, which is a control character
            announcement  | /summary = "😀\\u001b[31m"                | /summary                  | summary holds U+001B as its character 2, which is a control character
            announcement  | /title = "a\\ud83d"                       | /title                    | title holds U+D83D as its character 2, which is half of a surrogate pair
            announcement  | /title = "\\ude00a"                       | /title                    | title holds U+DE00 as its character 1
            announcement  | /occurredOn = "\\u0000"                   | /occurredOn               | occurredOn holds U+0000

            # ---- what belongs together
            opening       | /terms/1/action = "change"                | /terms/1/action           | an opening may only introduce terms
            opening       | /terms/3 = {"action": "reaffirm", "key": "a"} | /terms/3/action       | an opening may only introduce terms
            opening       | /terms/0/source = "s7"                    | /terms/0/source           | source 's7' is not the id of one of the entry's sources, which are: s1
            amendment     | /terms/4/source = "s3"                    | /terms/4/source           | which are: s1, s2
            closing       | /sources/0/id = " "                       | /sources/0/id             | id is blank
            announcement  | /terms/0/source = "A report"              | /terms/0/source           | is not the id of one of the entry's sources
            correction    | /replacement/terms/0/source = "s1"        | /replacement/terms/0/source | which are: s9
            correction    | /replacement/sources = []                 | /replacement/terms/0/source | the entry has none with an id
            opening       | /sources/1/id = "s1"                      | /sources/1/id             | id 's1' names two sources
            announcement  | /terms/1/value = {"type": "flag", "flag": true} | /terms/1/value      | value cannot go with the key *
            closing       | /supersededBy -                           | /supersededBy             | supersededBy is required for a closing that is superseded
            closing       | /how = "expired"                          | /supersededBy             | supersededBy goes only with how: superseded, and how is expired
            amendment     | /partyChanges/1/from = "openai"           | /partyChanges/1/from      | a joining party change has a to and no from
            amendment     | /partyChanges/1/to -                      | /partyChanges/1/to        | to is required for a joining party change
            amendment     | /partyChanges/2/to = {"id": "x", "name": "X"} | /partyChanges/2/to    | a leaving party change has a from and no to
            amendment     | /partyChanges/2/from -                    | /partyChanges/2/from      | from is required for a leaving party change
            amendment     | /partyChanges/0/from -                    | /partyChanges/0/from      | from is required for a succession party change
            amendment     | /partyChanges/0/to -                      | /partyChanges/0/to        | to is required for a succession party change
            amendment     | /partyChanges/0 = {"how": "renaming", "from": "openai"} | /partyChanges/0/to | to is required for a renaming party change
            amendment     | /partyChanges/0 = {"how": "assignment", "to": {"id": "x", "name": "X"}} | /partyChanges/0/from | from is required for an assignment party change
            correction    | /replacement/kind = "withdrawal"          | /replacement/kind         | kind must be one of opening, announcement, funding-round, partnership, amendment, closing, not 'withdrawal'
            correction    | /replacement/kind = "correction"          | /replacement/kind         | kind must be one of opening
            correction    | /replacement/agreementId = "another"      | /replacement/agreementId  | agreementId is 'another', but this is recorded under 'microsoft-openai'
            """;

    private static final String SUBMITTED_ONLY =
            """
            funding-round | /amount/currency = "QQQ"                  | /amount/currency          | currency: 'QQQ' is not a currency of ISO 4217
            opening       | /terms/1/value/currency = "ABC"           | /terms/1/value/currency   | currency: 'ABC' is not a currency of ISO 4217
            opening       | /sources/0/url = "javascript:alert(1)"    | /sources/0/url            | url: 'javascript:alert(1)' is not a web address
            opening       | /sources/0/url = "ftp://example.org/x"    | /sources/0/url            | it starts with http:// or https://
            opening       | /sources/0/url = "example.org"            | /sources/0/url            | is not a web address
            opening       | /sources/0/url = "https:///x"             | /sources/0/url            | is not a web address
            opening       | /sources/0/url = "https://example.org/a b"| /sources/0/url            | percent-encoded
            opening       | /sources/0/via/url = "file:///etc/passwd" | /sources/0/via/url        | is not a web address
            announcement  | /occurredOn = "0202-02-27"                | /occurredOn               | occurredOn: 0202-02-27 lies outside the years 1000 to 9998
            opening       | /terms/0/validTo = "9999-12-31"           | /terms/0/validTo          | leave an end out where there is none
            """;

    @ParameterizedTest
    @CsvSource(textBlock = FORM, delimiter = '|', quoteCharacter = '`')
    void what_has_not_the_form_is_refused_with_its_place_and_the_rule(
            String kind, String edit, String pointer, String message) {
        Map<String, Object> tree = edited(kind, edit);

        Malformed submitted = malformed(() -> EntryJson.submitted(tree, null));
        Malformed stored = malformed(() -> EntryJson.stored(tree));

        assertThat(submitted).hasMessageContaining(message);
        assertThat(submitted.pointer()).isEqualTo(pointer);
        assertThat(stored).hasMessageContaining(message);
        assertThat(stored.pointer()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SUBMITTED_ONLY, delimiter = '|', quoteCharacter = '`')
    void what_only_a_submission_must_keep_to_is_refused_there_and_readable_when_stored(
            String kind, String edit, String pointer, String message) {
        Map<String, Object> tree = edited(kind, edit);

        Malformed submitted = malformed(() -> EntryJson.submitted(tree, null));

        assertThat(submitted).hasMessageContaining(message);
        assertThat(submitted.pointer()).isEqualTo(pointer);
        assertThatCode(() -> EntryJson.stored(tree)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "announcement,  /title,                       300",
        "announcement,  /summary,                   20000",
        "announcement,  /speakers/0/name,             300",
        "announcement,  /terms/0/statement,         20000",
        "announcement,  /terms/0/quote,             20000",
        "announcement,  /terms/0/locator,             300",
        "announcement,  /terms/0/characterisedAs,     300",
        "opening,       /terms/0/key,                 300",
        "opening,       /terms/0/condition,         20000",
        "opening,       /terms/2/value/text,          300",
        "opening,       /identifiers/0/id,            300",
        "opening,       /sources/1/id,                300",
        "opening,       /sources/0/title,             300",
        "opening,       /sources/0/quote,           20000",
        "opening,       /sources/0/note,            20000",
        "opening,       /sources/0/via/title,         300",
        "funding-round, /round,                       300",
        "funding-round, /investors/0/condition,     20000",
        "partnership,   /scope,                     20000",
        "partnership,   /terms/0/value/unit,          300",
        "correction,    /reason,                    20000",
        "correction,    /replacement/title,           300",
        "withdrawal,    /reason,                    20000"
    })
    void a_text_has_a_largest_length_only_when_submitted(String kind, String pointer, int max) {
        Map<String, Object> tree = JsonTrees.golden(kind);
        String character = pointer.endsWith("/key") ? "x" : "😀";

        JsonTrees.set(tree, pointer, character.repeat(max));
        assertThatCode(() -> EntryJson.submitted(tree, null)).doesNotThrowAnyException();

        JsonTrees.set(tree, pointer, character.repeat(max + 1));
        Malformed malformed = malformed(() -> EntryJson.submitted(tree, null));
        assertThat(malformed)
                .hasMessageContaining("has " + (max + 1) + " characters; at most " + max);
        assertThat(malformed.pointer()).isEqualTo(pointer);
        assertThatCode(() -> EntryJson.stored(tree)).doesNotThrowAnyException();
    }

    @Test
    void a_url_has_a_largest_length_only_when_submitted() {
        Map<String, Object> tree = JsonTrees.golden("opening");
        String start = "https://example.org/";

        JsonTrees.set(tree, "/sources/0/url", start + "x".repeat(2000 - start.length()));
        assertThatCode(() -> EntryJson.submitted(tree, null)).doesNotThrowAnyException();

        JsonTrees.set(tree, "/sources/0/url", start + "x".repeat(2001 - start.length()));
        assertThat(malformed(() -> EntryJson.submitted(tree, null)))
                .hasMessage("url has 2001 characters; at most 2000 are allowed");
        assertThatCode(() -> EntryJson.stored(tree)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "amendment,     /terms,        2000",
        "opening,       /sources,       100",
        "opening,       /identifiers,  1000",
        "opening,       /concerns,     1000",
        "announcement,  /speakers,     1000",
        "funding-round, /investors,    1000",
        "partnership,   /partners,     1000",
        "amendment,     /notAddressed, 1000",
        "amendment,     /partyChanges, 1000",
        "closing,       /survives,     1000"
    })
    void a_list_has_a_largest_size_only_when_submitted(String kind, String pointer, int max) {
        Map<String, Object> tree = JsonTrees.golden(kind);
        List<?> golden = (List<?>) tree.get(pointer.substring(1));
        Object item = golden.getLast();

        JsonTrees.set(tree, pointer, filled(golden, item, max));
        assertThatCode(() -> EntryJson.submitted(tree, null)).doesNotThrowAnyException();

        JsonTrees.set(tree, pointer, filled(golden, item, max + 1));
        Malformed malformed = malformed(() -> EntryJson.submitted(tree, null));
        assertThat(malformed).hasMessageContaining("has " + (max + 1) + " items; at most " + max);
        assertThat(malformed.pointer()).isEqualTo(pointer);
        assertThatCode(() -> EntryJson.stored(tree)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/kind",
                "/agreementId",
                "/occurredOn",
                "/standing",
                "/ref",
                "/recipient/id",
                "/amount/amount",
                "/amount/currency",
                "/terms/0/key",
                "/terms/0/action",
                "/terms/0/source"
            })
    void a_message_repeats_no_more_than_the_start_of_a_value(String pointer) {
        Map<String, Object> tree = JsonTrees.golden("funding-round");
        JsonTrees.set(tree, pointer, "X".repeat(290));

        Malformed submitted = malformed(() -> EntryJson.submitted(tree, null));

        assertThat(submitted.getMessage())
                .contains("X".repeat(80) + "…")
                .doesNotContain("X".repeat(81));
        assertThat(malformed(() -> EntryJson.stored(tree))).hasMessage(submitted.getMessage());
    }

    @Test
    void the_name_of_an_unknown_property_is_repeated_only_as_far_as_it_can_be_shown() {
        Map<String, Object> tree = JsonTrees.golden("opening");
        JsonTrees.set(
                tree,
                "/parties/0",
                new LinkedHashMap<>(Map.of("\u0000\uD800" + "X".repeat(5000), 1)));

        Malformed malformed = malformed(() -> EntryJson.submitted(tree, null));

        assertThat(malformed)
                .hasMessageStartingWith("unknown property '\uFFFD\uFFFD" + "X".repeat(78) + "…'");
        assertThat(malformed.pointer()).isEqualTo("/parties/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"opening\"", "17", "true"})
    void what_is_no_object_is_no_entry(String json) {
        Malformed malformed = malformed(() -> EntryJson.submitted(JsonTrees.parse(json), null));

        assertThat(malformed).hasMessageStartingWith("the entry must be an object, not ");
        assertThat(malformed.pointer()).isEmpty();
    }

    @Test
    void a_property_whose_name_is_not_text_is_refused() {
        Map<Object, Object> tree = new LinkedHashMap<>(JsonTrees.golden("opening"));
        tree.put(2019, "x");

        assertThat(malformed(() -> EntryJson.submitted(tree, null)))
                .hasMessageContaining("the property 2019, whose name is not text");
    }

    /** {@code /pointer = json} sets, {@code /pointer -} removes. */
    private static Map<String, Object> edited(String kind, String edit) {
        Map<String, Object> tree = JsonTrees.golden(kind);
        if (edit.endsWith(" -")) {
            JsonTrees.remove(tree, edit.substring(0, edit.length() - 2));
        } else {
            String[] sides = edit.split(" = ", 2);
            JsonTrees.set(tree, sides[0], JsonTrees.parse(sides[1]));
        }
        return tree;
    }

    private static List<Object> filled(List<?> start, Object item, int size) {
        List<Object> list = new ArrayList<>(start);
        list.addAll(Collections.nCopies(size - start.size(), item));
        return list;
    }

    private static Malformed malformed(ThrowingCallable read) {
        Malformed malformed = catchThrowableOfType(Malformed.class, read);
        assertThat(malformed).as("refused").isNotNull();
        return malformed;
    }
}
