package org.agreementledger.cli;

import java.io.Writer;
import org.agreementledger.api.json.AnswerJson;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** The answers of HTTP as text: on many lines for a terminal, on one for a file. */
final class Json {

    private static final PrettyPrinter ON_MANY_LINES =
            new DefaultPrettyPrinter(
                            Separators.createDefaultInstance()
                                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                    .withObjectEmptySeparator("")
                                    .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private Json() {}

    static void onManyLines(Object answer, Writer out) {
        AnswerJson.MAPPER
                .writer()
                .with(ON_MANY_LINES)
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .writeValue(out, answer);
    }

    static String onOneLine(Object answer) {
        return AnswerJson.MAPPER.writeValueAsString(answer);
    }
}
