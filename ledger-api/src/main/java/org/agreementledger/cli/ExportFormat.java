package org.agreementledger.cli;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** A form in which entries are written, and read again. */
enum ExportFormat {
    YAML {
        @Override
        String entry(Map<String, Object> entry, boolean first) {
            return Yaml.MAPPER.writeValueAsString(entry);
        }
    },

    NDJSON {
        @Override
        String entry(Map<String, Object> entry, boolean first) {
            return Json.onOneLine(entry) + "\n";
        }
    },

    JSON {
        @Override
        String start() {
            return "[";
        }

        @Override
        String entry(Map<String, Object> entry, boolean first) {
            return (first ? "\n" : ",\n") + Json.onOneLine(entry);
        }

        @Override
        String end() {
            return "\n]\n";
        }
    };

    /** Loaded only where YAML is asked for. */
    private static final class Yaml {
        static final YAMLMapper MAPPER =
                YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Plain()).build())
                        .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                        .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                        .disable(YAMLWriteFeature.SPLIT_LINES)
                        .build();
    }

    /**
     * Without quotes stands only what every reader takes for text, and days, as in the contract.
     */
    private static final class Plain extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;
        private static final Pattern TEXT_OR_DAY =
                Pattern.compile("\\p{L}.*|\\d{4}-\\d{2}-\\d{2}", Pattern.DOTALL);

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || !TEXT_OR_DAY.matcher(value).matches();
        }
    }

    static ExportFormat parse(String text) {
        for (ExportFormat format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of yaml, ndjson and json");
    }

    String start() {
        return "";
    }

    abstract String entry(Map<String, Object> entry, boolean first);

    String end() {
        return "";
    }
}
