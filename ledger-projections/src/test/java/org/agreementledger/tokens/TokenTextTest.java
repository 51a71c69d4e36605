package org.agreementledger.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    private static final String SECRET =
            "0123456789abcdef0123456789abcdef" + "0123456789abcdef0123456789abcdef";

    @Test
    void a_token_is_read_as_it_was_written() {
        TokenText text = TokenText.random("00c0ffee");

        assertThat(TokenText.parse(text.reveal()))
                .get()
                .returns("00c0ffee", TokenText::ledger)
                .returns(text.sha256(), TokenText::sha256);
    }

    @Test
    void no_two_are_alike_and_none_is_shown_by_accident() {
        TokenText text = TokenText.random("00c0ffee");

        assertThat(TokenText.random("00c0ffee").reveal()).isNotEqualTo(text.reveal());
        assertThat(text).hasToString("agl_00c0ffee_…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "agl_",
                "agl_00c0ffee_",
                "AGL_00c0ffee_" + SECRET,
                "agl_00C0FFEE_" + SECRET,
                "agl_00c0ffee_" + SECRET + "0",
                " agl_00c0ffee_" + SECRET,
                "agl_00c0ffee-" + SECRET
            })
    void what_has_another_form_is_none(String text) {
        assertThat(TokenText.parse(text)).isEmpty();
    }
}
