package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.View;
import org.agreementledger.api.Doors;
import org.agreementledger.api.agreements.AcceptDatetime;
import org.agreementledger.api.entries.IdempotencyKey;
import org.agreementledger.api.witness.WitnessAddress;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.terms.TermKey;
import org.agreementledger.time.Day;
import org.agreementledger.webhooks.AddressRange;
import org.agreementledger.webhooks.Secret;
import org.agreementledger.webhooks.WebhookUrl;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.format.support.DefaultFormattingConversionService;

/**
 * Single texts from outside: parameters of queries and headers, read by the very converters of the
 * doors, and what webhooks and options name. Each is refused as an illegal argument, which a door
 * answers with 400, or has a meaning.
 */
@Timeout(20)
class ParametersFuzzTest {

    private static final DefaultFormattingConversionService CONVERTERS = converters();
    private static final List<Class<?>> PARAMETERS =
            List.of(
                    LocalDate.class,
                    Instant.class,
                    Moment.class,
                    Limit.class,
                    AgreementId.class,
                    OrganisationId.class,
                    TermKey.class,
                    Kind.class,
                    View.class,
                    Effect.Sum.class,
                    SearchExpression.class,
                    AcceptDatetime.class,
                    IdempotencyKey.class);

    private static DefaultFormattingConversionService converters() {
        DefaultFormattingConversionService converters = new DefaultFormattingConversionService();
        ParameterTypes.register(converters, Clock.systemUTC(), Doors.shared().node());
        return converters;
    }

    @FuzzTest
    void is_refused_or_has_a_meaning(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        PARAMETERS.forEach(type -> parameter(text, type));
        refusedOr(() -> assertThat(Day.parse(text)).hasToString(text));
        refusedOr(() -> assertThat(KnownAt.parse(text)).isNotNull());
        refusedOr(() -> assertThat(WebhookUrl.parse(text)).hasToString(text));
        refusedOr(() -> {
            Secret secret = Secret.parse(text);
            assertThat(Secret.parse(secret.text()).text()).isEqualTo(secret.text());
        });
        refusedOr(() -> {
            AddressRange range = AddressRange.parse(text);
            assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
        });
        refusedOr(() -> assertThat(Origins.of(List.of(text)).allowed()).hasSize(1));
        refusedOr(() -> assertThat(WitnessAddress.parse(text).url().getHost()).isNotNull());
    }

    private static void parameter(String text, Class<?> type) {
        try {
            CONVERTERS.convert(text, type);
        } catch (ConversionFailedException e) {
            assertThat(e.getCause())
                    .as("'%s' as %s", text, type.getSimpleName())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void refusedOr(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
