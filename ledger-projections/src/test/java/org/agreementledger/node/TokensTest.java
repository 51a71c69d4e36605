package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.agreementledger.axon.Actor;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.Token;
import org.agreementledger.tokens.TokenText;
import org.agreementledger.tokens.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokensTest extends OnBothDatabases {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
    private static final Actor ADA = Actor.local("ada");

    private Tokens.New made(String name, @Nullable Instant expiresAt) {
        return node.tokens().add(name, Role.RECORDER, expiresAt, ADA, NOW);
    }

    @Test
    void a_token_is_found_by_its_text_after_a_restart() {
        TokenText text = made("ci", NOW.plusSeconds(60)).text();

        reopen(Clock.systemUTC());

        assertThat(node.tokens().find(text))
                .contains(new Token("ci", Role.RECORDER, NOW, ADA, NOW.plusSeconds(60), null));
        assertThat(node.tokens().find(TokenText.random(text.ledger()))).isEmpty();
    }

    @Test
    void what_is_stored_opens_nothing() {
        String text = made("ci", null).text().reveal();
        String secret = text.substring(text.lastIndexOf('_') + 1);

        List<?> stored =
                node.database().jdbc().sql("select * from access_token").query().listOfRows();

        assertThat(stored).hasSize(1);
        assertThat(stored.toString()).contains("ci").doesNotContain(secret);
    }

    @Test
    void it_holds_until_it_expires() {
        Token token = made("ci", NOW.plusSeconds(60)).token();

        assertThat(token.holds(NOW.plusMillis(59_999))).isTrue();
        assertThat(token.holds(NOW.plusSeconds(60))).isFalse();
        assertThat(node.tokens().anyHolds(NOW.plusMillis(59_999))).isTrue();
        assertThat(node.tokens().anyHolds(NOW.plusSeconds(60))).isFalse();
        assertThat(made("for-ever", null).token().holds(Instant.MAX)).isTrue();
    }

    @Test
    void it_holds_no_more_when_it_is_revoked_and_stays_in_the_list() {
        TokenText text = made("ci", null).text();

        assertThat(node.tokens().revoke("ci", NOW)).get().returns(NOW, Token::revokedAt);
        assertThat(node.tokens().revoke("ci", NOW.plusSeconds(1)))
                .get()
                .returns(NOW, Token::revokedAt);

        assertThat(node.tokens().find(text)).get().returns(false, token -> token.holds(NOW));
        assertThat(node.tokens().all()).extracting(Token::name).containsExactly("ci");
        assertThat(node.tokens().revoke("nobody", NOW)).isEmpty();
    }

    @Test
    void a_name_is_given_once_for_ever() {
        made("ci", null);
        node.tokens().revoke("ci", NOW);

        assertThatExceptionOfType(Tokens.NameTaken.class)
                .isThrownBy(() -> made("ci", null))
                .withMessageContaining("ci-2");
        assertThat(node.tokens().all()).hasSize(1);
    }

    @Test
    void a_name_is_a_word() {
        for (String name : List.of("", " ", "a b", "-a", "ä", "a/b", "x".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> made(name, null))
                    .withMessageContaining("'" + name + "'");
        }
        assertThat(made("ada.lovelace+1@example.org", null).token().actor())
                .isEqualTo(new Actor("ada.lovelace+1@example.org", "token"));
    }

    @Test
    void its_text_names_the_ledger_by_the_key_of_its_log() {
        TokenText text = made("ci", null).text();

        assertThat(text.ledger()).isEqualTo("%08x".formatted(node.tree().key().orElseThrow().id()));
        assertThat(text.reveal()).matches("agl_" + text.ledger() + "_[0-9a-f]{64}");
    }
}
