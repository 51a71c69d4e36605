package org.agreementledger.api.webhooks;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.json.Fields;
import org.agreementledger.json.Gate;
import org.agreementledger.json.Malformed;
import org.agreementledger.json.Place;
import org.agreementledger.webhooks.WebhookFilter;
import org.agreementledger.webhooks.WebhookUrl;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sends about a subscription; null where it is left out.
 *
 * @param after the position from which on it is told of entries; only for a new one
 */
record WebhookBody(
        @Nullable URI url,
        @Nullable WebhookFilter filter,
        @Nullable Long after,
        @Nullable Boolean enabled) {

    private static final Duration GRACE_DEFAULT = Duration.ofDays(1);
    private static final Duration GRACE_MAX = Duration.ofDays(7);

    /**
     * @throws Malformed naming the place and the rule
     */
    static WebhookBody ofNew(@Nullable Object tree) {
        Fields fields =
                Fields.of(
                        root(tree), "a new webhook", List.of("url", "filter", "after", "enabled"));
        fields.required("url");
        return new WebhookBody(
                fields.optional("url", WebhookBody::url),
                fields.optional("filter", WebhookBody::filter),
                fields.optional("after", WebhookBody::position),
                fields.optional("enabled", Place::flag));
    }

    static WebhookBody ofChange(@Nullable Object tree) {
        Fields fields =
                Fields.of(root(tree), "a change of a webhook", List.of("url", "filter", "enabled"));
        return new WebhookBody(
                fields.optional("url", WebhookBody::url),
                fields.optional("filter", WebhookBody::filter),
                null,
                fields.optional("enabled", Place::flag));
    }

    /** For how long a secret that is replaced holds on. */
    static Duration grace(@Nullable Object tree) {
        Duration given =
                Fields.of(root(tree), "a rotation", List.of("grace"))
                        .optional("grace", place -> place.formed(WebhookBody::duration));
        return given == null ? GRACE_DEFAULT : given;
    }

    private static Place root(@Nullable Object tree) {
        return Place.root(tree, "the body", Gate.SUBMITTED);
    }

    private static URI url(Place place) {
        String text = place.url();
        try {
            return WebhookUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw place.malformed("url: " + e.getMessage());
        }
    }

    private static WebhookFilter filter(Place place) {
        Fields fields =
                Fields.of(place, "a filter", List.of("agreement", "kind", "effect", "verdict"));
        AgreementId agreement =
                fields.optional("agreement", given -> given.formed(AgreementId::new));
        return new WebhookFilter(
                agreement == null ? null : agreement.value(),
                slug(fields.optional("kind", given -> given.oneOf(Kind.class))),
                slug(fields.optional("effect", given -> given.oneOf(Effect.Sum.class))),
                slug(fields.optional("verdict", given -> given.oneOf(Verdict.Finding.class))));
    }

    private static @Nullable String slug(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long position(Place place) {
        if ((place.value() instanceof Integer || place.value() instanceof Long)
                && ((Number) place.value()).longValue() >= -1) {
            return ((Number) place.value()).longValue();
        }
        throw place.malformed(
                "after must be a position, a whole number from 0, or -1 for all entries; not "
                        + place.described());
    }

    private static Duration duration(String text) {
        try {
            Duration grace = Duration.parse(text);
            if (!grace.isNegative() && grace.compareTo(GRACE_MAX) <= 0) {
                return grace;
            }
        } catch (DateTimeException _) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a time from PT0S to P7D; write it like PT24H");
    }
}
