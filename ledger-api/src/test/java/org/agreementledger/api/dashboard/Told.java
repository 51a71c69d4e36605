package org.agreementledger.api.dashboard;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;

/** Agreements with a history to look at. */
final class Told {

    /** Every text that a page could take for something else. */
    static final String HOSTILE =
            "<script>alert(1)</script> 🤝 \u200fשלום עולם\u200f &amp; <b>bold</b> ${7*7} [[${7*7}]] ";

    /** As long as a title may be. */
    static final String LONG = "A very long name that goes on and on ".repeat(9).substring(0, 300);

    private Told() {}

    /**
     * One with an entry of every kind. By sequence: 1 the opening, 2 a statement whose claims are
     * upheld, reworded, contradicted and about nothing, 3 a funding round, 4 a partnership, 5 an
     * amendment, 6 a report, 7 its confirmation, 8 a correction of the round, 9 a statement and 10
     * its withdrawal.
     */
    static String agreement(Doors doors) {
        String id = doors.opened();
        record(
                doors,
                id,
                """
                {'kind': 'announcement', 'occurredOn': '2024-05-02', 'title': 'Nothing has changed',
                 'speakers': [{'id': 'acme', 'name': 'Acme Corporation'}], 'summary': 'Acme says that all is as it was.',
                 'sources': [{'id': 's1', 'title': 'Press release', 'url': 'https://acme.example/news', 'publishedOn': '2024-05-02',
                   'role': 'party', 'quote': 'We remain the only supplier.', 'via': {'title': 'A report', 'url': 'https://press.example/1'}}],
                 'terms': [
                  {'action': 'reaffirm', 'key': 'supply.exclusivity', 'quote': 'Acme remains our only supplier.', 'source': 's1', 'locator': '§4.2(b)'},
                  {'action': 'reaffirm', 'key': 'price.unit', 'value': {'type': 'money', 'amount': '12.00', 'currency': 'USD'}},
                  {'action': 'reaffirm', 'key': 'supply.warranty', 'statement': 'Two years.'}]}
                """);
        record(
                doors,
                id,
                """
                {'kind': 'funding-round', 'occurredOn': '2024-06-03', 'title': 'Acme raises money',
                 'recipient': {'id': 'acme', 'name': 'Acme Corporation'}, 'round': 'Series B', 'amount': {'amount': '110000000', 'currency': 'USD'},
                 'preMoney': {'amount': '730000000', 'currency': 'USD'}, 'postMoney': {'amount': '840000000', 'currency': 'USD', 'qualifier': 'about'},
                 'investors': [{'id': 'initech', 'name': 'Initech', 'amount': {'amount': '50000000', 'currency': 'USD'}, 'condition': 'half of it conditional'}],
                 'terms': [{'action': 'disclose', 'key': 'price.unit', 'statement': '10 dollars each, paid in advance.', 'validFrom': '2024-03-01',
                   'value': {'type': 'money', 'amount': '10.00', 'currency': 'USD'}}]}
                """);
        record(
                doors,
                id,
                """
                {'kind': 'partnership', 'occurredOn': '2024-07-01', 'title': 'Acme works with Hooli', 'partners': [{'id': 'hooli', 'name': 'Hooli'}],
                 'scope': 'Distribution in Europe', 'dealValue': {'amount': '1000000', 'currency': 'EUR'},
                 'concerns': [{'key': 'supply.exclusivity', 'how': 'contests'}],
                 'terms': [{'action': 'reaffirm', 'key': '*', 'since': '2024-03-01'}]}
                """);
        record(
                doors,
                id,
                """
                {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'First amendment', 'instrument': 'side-letter',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '11 dollars each.', 'value': {'type': 'money', 'amount': '11.00', 'currency': 'USD'}}],
                 'notAddressed': ['supply.exclusivity'],
                 'partyChanges': [{'from': 'globex', 'to': {'id': 'globex-group', 'name': 'Globex Group'}, 'how': 'succession'}]}
                """);
        record(
                doors,
                id,
                """
                {'kind': 'announcement', 'occurredOn': '2024-10-01', 'title': 'They say there is a cap', 'standing': 'reported', 'ref': 'cap-report',
                 'speakers': [{'id': 'anonymous', 'name': 'a person close to it'}]}
                """);
        record(
                doors,
                id,
                """
                {'kind': 'confirmation', 'occurredOn': '2024-10-09', 'title': 'So there is', 'confirms': 'cap-report'}
                """);
        record(
                doors,
                id,
                """
                {'kind': 'correction', 'occurredOn': '2024-11-01', 'title': 'Amount corrected', 'corrects': 3, 'reason': 'It was off by a factor of ten.',
                 'replacement': {'kind': 'funding-round', 'occurredOn': '2024-06-03', 'title': 'Acme raises less money',
                  'recipient': {'id': 'acme', 'name': 'Acme Corporation'}, 'amount': {'amount': '11000000', 'currency': 'USD'}}}
                """);
        record(doors, id, Doors.announcement(id, "A slip of the pen", "2024-11-05"));
        record(
                doors,
                id,
                """
                {'kind': 'withdrawal', 'occurredOn': '2024-11-06', 'title': 'Never said', 'withdraws': 9, 'reason': 'It was about somebody else.'}
                """);
        return id;
    }

    /** Clicks on what leads to another page, and waits until it is there. */
    static void follow(Page page, Locator link) {
        String before = page.url();
        link.click();
        page.waitForURL(url -> !url.equals(before));
    }

    static Answer record(Doors doors, String id, String entry) {
        Answer answer = doors.post(doors.entriesOf(id), entry.replace('\n', ' '));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }
}
