package org.agreementledger.api.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.proof.Hash;
import org.agreementledger.readmodels.JsonText;
import org.agreementledger.search.Fragment;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The one way in which answers become JSON, over HTTP and on the command line. */
public final class AnswerJson {

    /** In the order of the records; a field without a value is null, not absent. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .addModule(
                            new SimpleModule("answers")
                                    .addSerializer(Instant.class, new Milliseconds())
                                    .addSerializer(JsonText.class, new AsItIs())
                                    .addSerializer(Hash.class, new Hexadecimal())
                                    .setMixInAnnotation(EntryAnswer.class, Stored.class))
                    .build();

    /** The same, without the links by which an entry tells what was recorded about it later. */
    public static final JsonMapper AS_RECORDED =
            MAPPER.rebuild()
                    .withConfigOverride(
                            EntryAnswer.class,
                            entry ->
                                    entry.setIgnorals(
                                            JsonIgnoreProperties.Value.forIgnoredProperties(
                                                    "correctedBy", "withdrawnBy", "confirmedBy")))
                    .build();

    private AnswerJson() {}

    private static final class Milliseconds extends StdSerializer<Instant> {

        Milliseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator out, SerializationContext context) {
            out.writeString(Rfc3339.text(instant));
        }
    }

    private static final class Hexadecimal extends StdSerializer<Hash> {

        Hexadecimal() {
            super(Hash.class);
        }

        @Override
        public void serialize(Hash hash, JsonGenerator out, SerializationContext context) {
            out.writeString(hash.hex());
        }
    }

    /** What was stored was written by the same library, so these are the bytes it would write. */
    private static final class AsItIs extends StdSerializer<JsonText> {

        AsItIs() {
            super(JsonText.class);
        }

        @Override
        public void serialize(JsonText object, JsonGenerator out, SerializationContext context) {
            if (context.hasPrettyPrinter()) {
                context.writeValue(out, new LinkedHashMap<>(object));
            } else {
                out.writeRawValue(object.text());
            }
        }
    }

    /**
     * What only storing gives is left out of a dry run; matches are there where words were looked
     * for, and importedFrom where the entry was imported.
     */
    private interface Stored {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Integer sequence();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Long position();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String eventId();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Instant recordedAt();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Actor recordedBy();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable ImportedFrom importedFrom();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String salt();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<Fragment> matches();
    }
}
