package org.agreementledger.search;

import java.util.List;

/**
 * A piece of a text around words that were looked for. Its parts, put together, are that piece as
 * it stands there.
 *
 * @param pointer to the text, within the entry as recorded (RFC 6901)
 */
public record Fragment(String pointer, List<Part> parts) {

    public record Part(String text, boolean hit) {}
}
