package org.agreementledger.cli;

import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

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
                YAMLMapper.builder()
                        .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                        .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                        .disable(YAMLWriteFeature.SPLIT_LINES)
                        .build();
    }

    String start() {
        return "";
    }

    abstract String entry(Map<String, Object> entry, boolean first);

    String end() {
        return "";
    }
}
