package org.agreementledger.api.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How answers are written: fields in the order of the contract, nulls shown, instants in UTC with
 * exactly three decimals.
 */
public final class LedgerJson {

    /** Shared, because a mapper is costly to make and safe to share. */
    public static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

    private static final DefaultPrettyPrinter FOR_READING =
            new DefaultPrettyPrinter(
                            Separators.createDefaultInstance()
                                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                    .withObjectEmptySeparator("")
                                    .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private LedgerJson() {}

    /** For a mapper that somebody else builds, like Spring's. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .addModule(
                        new SimpleModule("ledger").addSerializer(Instant.class, new Instants()));
    }

    /** On one line. */
    public static String text(Object answer) {
        return MAPPER.writeValueAsString(answer);
    }

    /** The same, indented. */
    public static String indented(Object answer) {
        return MAPPER.writer().with(FOR_READING).writeValueAsString(answer);
    }

    /** Like {@code 2026-03-01T09:30:00.123Z}. */
    public static String text(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    private static final class Instants extends StdSerializer<Instant> {
        Instants() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator out, SerializationContext context) {
            out.writeString(text(instant));
        }
    }
}
