package org.agreementledger.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.api.documents.Document;
import org.agreementledger.api.documents.Documents;
import org.agreementledger.api.documents.Unreadable;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.jspecify.annotations.Nullable;

/** Entries out of files or standard input, and errors that name the place in them. */
final class EntryFiles {

    static final String STANDARD_INPUT = "-";

    private static final int SIZE_MAX_MEGABYTES = 512;

    private EntryFiles() {}

    /** A document and the file it stands in. */
    record Found(String file, Document document) implements Importable {

        @Override
        public int line() {
            return document.line();
        }

        @Override
        public Submission submission(Actor by) {
            return new Submission(new RecordEntry(entry(null), null), by, null);
        }

        /**
         * @param agreementId for an entry that names none; null where each must
         */
        Entry entry(@Nullable AgreementId agreementId) {
            try {
                return EntryJson.submitted(document.tree(), agreementId);
            } catch (Malformed e) {
                throw Failure.usage(at(e.pointer(), e.getMessage()), e);
            } catch (Unreadable e) {
                throw unreadable(file, e);
            }
        }

        @Override
        public Failure refused(Refused refused) {
            return Failure.usage(at(refused.pointer(), Refusals.sentence(refused)), refused);
        }

        private String at(String pointer, String sentence) {
            return file
                    + ", line "
                    + document.line(pointer)
                    + (pointer.isEmpty() ? "" : ", " + pointer)
                    + ": "
                    + sentence
                    + (sentence.endsWith(".") || sentence.endsWith("?") ? "" : ".");
        }
    }

    static List<Found> read(Terminal terminal, String file) {
        String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
        String text = text(name, bytes(terminal, file));
        try {
            return Documents.read(text).stream()
                    .map(document -> new Found(name, document))
                    .toList();
        } catch (Unreadable e) {
            throw unreadable(name, e);
        }
    }

    private static Failure unreadable(String file, Unreadable e) {
        return Failure.usage(file + ", line " + e.line() + ": " + e.getMessage() + ".", e);
    }

    private static byte[] bytes(Terminal terminal, String file) {
        try {
            if (!file.equals(STANDARD_INPUT)) {
                Path path = Path.of(file);
                if (Files.isDirectory(path)) {
                    throw Failure.usage(file + " is a folder; name the files in it.");
                }
                if (Files.size(path) > SIZE_MAX_MEGABYTES * 1_000_000L) {
                    throw tooLarge(file);
                }
                return Files.readAllBytes(path);
            }
            if (terminal.isTerminal("in")) {
                terminal.say("Reading from standard input; Ctrl-D ends it.");
            }
            InputStream in = terminal.in();
            byte[] bytes = in.readNBytes(SIZE_MAX_MEGABYTES * 1_000_000);
            if (in.read() >= 0) {
                throw tooLarge("Standard input");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw Failure.usage("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw Failure.usage("Cannot read " + file + ": " + Reasons.first(e) + ".", e);
        }
    }

    private static Failure tooLarge(String file) {
        return Failure.usage(
                file + " is larger than " + SIZE_MAX_MEGABYTES + " MB; import it in parts.");
    }

    private static String text(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failure.usage(file + " is not text in UTF-8.", e);
        }
    }
}
