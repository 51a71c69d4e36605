package org.agreementledger.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "https://example.org/hooks?for=ledger%20entries",
                "HTTPS://Example.org:8443/",
                "http://10.0.0.1/",
                "https://[2606:4700:4700::1111]/",
                "https://xn--bcher-kva.example/",
                "https://3com.example/",
                "https://localhost."
            })
    void a_web_address_is_taken_as_it_is(String text) {
        assertThat(WebhookUrl.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///etc/passwd            | https://",
                "ftp://example.org/            | https://",
                "gopher://example.org/         | https://",
                "jar:https://example.org/!/    | https://",
                "example.org                   | https://",
                "//example.org                 | https://",
                "https:///hooks                | host",
                "https:example.org             | host",
                "https://a_b.example/          | host",
                "https://%6c%6fcalhost/        | host",
                "https://bücher.example/       | percent-encoded",
                "https://①②⑦.0.0.1/            | percent-encoded",
                "https://example.org/ä         | percent-encoded",
                "https://example.org/a b       | percent-encoded",
                "https://user@example.org/     | password",
                "https://u:p@example.org/      | password",
                "https://example.org@127.0.0.1 | password",
                "https://example.org/#top      | fragment",
                "https://example.org:0/        | port",
                "https://example.org:65536/    | port",
                "http://2130706433/            | four decimal numbers",
                "http://017700000001/          | four decimal numbers",
                "http://0x7f000001/            | four decimal numbers",
                "http://0x7f.0.0.1/            | host",
                "http://0177.0.0.1/            | four decimal numbers",
                "http://127.0.0.01/            | four decimal numbers",
                "http://127.1/                 | host",
                "http://127.0.0.1./            | host",
                "http://1/                     | four decimal numbers",
                "http://[fe80::1%25eth0]/      | network interface",
                "http://[::1                   | percent-encoded"
            })
    void anything_else_is_refused_by_the_rule_that_it_breaks(String text, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookUrl.parse(text))
                .withMessageContaining(rule);
    }
}
