package org.agreementledger.api.http;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.time.Day;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;

/**
 * What parameters are read as. Records of one text, such as ids and keys, read themselves: Spring
 * calls their constructor.
 */
final class ParameterTypes {

    private ParameterTypes() {}

    static void register(FormatterRegistry registry, Clock clock, LedgerNode node) {
        registry.addConverter(
                String.class,
                LocalDate.class,
                text ->
                        text.equals("today")
                                ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                : Day.parse(text).inRange().date());
        registry.addConverter(String.class, Instant.class, ParameterTypes::instant);
        registry.addConverter(
                String.class,
                Moment.class,
                text ->
                        node.readModels()
                                .resolve(
                                        text.equals("now")
                                                ? new KnownAt.Now()
                                                : KnownAt.parse(text)));
        registry.addConverterFactory(new BySlug());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an instant; write it as 2026-03-01T00:00:00Z", e);
        }
    }

    /** An enum constant, lower case with hyphens. */
    private static final class BySlug implements ConverterFactory<String, Enum<?>> {

        @Override
        public <T extends Enum<?>> Converter<String, T> getConverter(Class<T> type) {
            return text -> constant(type, text);
        }

        private static <T extends Enum<?>> T constant(Class<T> type, String text) {
            for (T constant : type.getEnumConstants()) {
                if (slug(constant).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is none of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(ParameterTypes::slug)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String slug(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
