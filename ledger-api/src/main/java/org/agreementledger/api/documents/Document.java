package org.agreementledger.api.documents;

import java.util.HashMap;
import java.util.Map;

/** One entry of a text, as a tree of Map, List, String, Boolean, Number and null. */
public sealed interface Document {

    /** The line of the text on which it starts, counted from 1. */
    int line();

    /**
     * @throws Unreadable where it is broken
     */
    Object tree();

    /**
     * The line of the text on which that place stands, or what holds it where there is no such
     * place.
     *
     * @param pointer RFC 6901, into this document
     */
    int line(String pointer);

    record OnOneLine(int line, String text) implements Document {
        @Override
        public Object tree() {
            try {
                return Trees.single(Trees.json(text));
            } catch (Unreadable e) {
                throw new Unreadable(e.getMessage(), line);
            }
        }

        @Override
        public int line(String pointer) {
            return line;
        }
    }

    /**
     * @param text the whole, in which this is the {@code index}-th document; read again when
     *     somebody asks for a line, so that nobody else pays for it
     */
    record OnManyLines(int line, Object tree, int index, String text, Documents.Syntax syntax)
            implements Document {

        @Override
        public int line(String pointer) {
            Map<String, Integer> lines = new HashMap<>();
            Trees.read(syntax.open(text), index, lines);
            String place = pointer;
            while (!place.isEmpty() && !lines.containsKey(place)) {
                place = place.substring(0, place.lastIndexOf('/'));
            }
            return lines.getOrDefault(place, line);
        }
    }
}
