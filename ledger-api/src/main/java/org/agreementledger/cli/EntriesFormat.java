package org.agreementledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.agreementledger.api.csv.EntryColumns;
import org.agreementledger.api.http.Items;
import org.agreementledger.entries.EntryAnswer;
import org.jspecify.annotations.Nullable;

/** A form in which entries are listed, each as soon as it is read. */
enum EntriesFormat {
    TABLE {
        @Override
        void print(Iterator<EntryAnswer> entries, @Nullable String agreement, Terminal terminal) {
            if (!entries.hasNext()) {
                terminal.say("No entry fits.");
            }
            EntriesReport.inFull(terminal.page(), entries, agreement);
        }
    },

    CSV {
        @Override
        void print(Iterator<EntryAnswer> entries, @Nullable String agreement, Terminal terminal) {
            try {
                EntryColumns.ALL.write(entries, terminal.out());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },

    NDJSON {
        @Override
        void print(Iterator<EntryAnswer> entries, @Nullable String agreement, Terminal terminal) {
            PrintWriter out = terminal.out();
            entries.forEachRemaining(entry -> out.print(Json.onOneLine(entry) + "\n"));
        }
    },

    JSON {
        @Override
        void print(Iterator<EntryAnswer> entries, @Nullable String agreement, Terminal terminal) {
            terminal.json(new Items<>(() -> entries));
        }
    };

    static EntriesFormat parse(String text) {
        for (EntriesFormat format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of table, csv, ndjson and json");
    }

    /**
     * @param agreement the one that all are of; null where they are of any
     */
    abstract void print(
            Iterator<EntryAnswer> entries, @Nullable String agreement, Terminal terminal);
}
