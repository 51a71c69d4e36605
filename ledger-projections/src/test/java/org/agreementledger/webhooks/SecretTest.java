package org.agreementledger.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    /**
     * Key, message and signature: libraries/javascript/src/webhook.test.ts of standard-webhooks.
     */
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void the_signature_is_that_of_the_published_vector() {
        assertThat(Secret.parse(KEY).sign(ID, AT.getEpochSecond(), BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void a_former_secret_signs_beside_the_present_one_until_it_lapses() {
        Secret present = Secret.random();
        Secrets secrets = new Secrets(present, Secret.parse(KEY), AT.plusSeconds(1));

        assertThat(secrets.sign(ID, AT, BODY))
                .isEqualTo(present.sign(ID, AT.getEpochSecond(), BODY) + " " + SIGNATURE);
        assertThat(secrets.sign(ID, AT.plusSeconds(1), BODY))
                .isEqualTo(present.sign(ID, AT.getEpochSecond() + 1, BODY));
    }

    @Test
    void a_secret_is_32_random_bytes_that_round_trip() {
        Secret secret = Secret.random();

        assertThat(secret.text()).startsWith("whsec_").isNotEqualTo(Secret.random().text());
        assertThat(Base64.getDecoder().decode(secret.text().substring(6))).hasSize(32);
        assertThat(Secret.parse(secret.text()).text()).isEqualTo(secret.text());
    }

    @Test
    void a_secret_printed_by_mistake_shows_nothing() {
        Secret secret = Secret.random();

        assertThat(secret.toString() + new Secrets(secret, secret, AT))
                .doesNotContain(secret.text().substring(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_not base64",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void what_is_not_a_secret_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.parse(text));
    }
}
