package org.agreementledger.api.svg;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements, attributes and text, and escapes what is said. */
public final class SvgWriter {

    private static final String SVG = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter out;

    public SvgWriter() {
        try {
            out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /** The root of a document of its own. */
    public SvgWriter document(Object... attributes) {
        try {
            out.writeStartElement("svg");
            out.writeDefaultNamespace(SVG);
            return attributes(attributes);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /**
     * @param attributes names and values, in turn
     */
    public SvgWriter open(String name, Object... attributes) {
        try {
            out.writeStartElement(name);
            return attributes(attributes);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    public SvgWriter empty(String name, Object... attributes) {
        try {
            out.writeEmptyElement(name);
            return attributes(attributes);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /** To the element that was begun last. */
    public SvgWriter attributes(Object... namesAndValues) {
        try {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                out.writeAttribute(
                        (String) namesAndValues[i], valid(namesAndValues[i + 1].toString()));
            }
            return this;
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    public SvgWriter text(String words) {
        try {
            out.writeCharacters(valid(words));
            return this;
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    public SvgWriter close() {
        try {
            out.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /** An element that holds nothing but words. */
    public SvgWriter said(String name, String words, Object... attributes) {
        return open(name, attributes).text(words).close();
    }

    public String written() {
        try {
            out.flush();
            return text.toString();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    private static IllegalStateException unexpected(XMLStreamException e) {
        return new IllegalStateException("Nothing can fail in writing to a string.", e);
    }

    /** Without the characters that XML 1.0 cannot carry, even escaped. */
    private static String valid(String text) {
        if (text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
            return text;
        }
        return text.codePoints()
                .filter(c ->
                        c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= 0x20 && c <= 0xD7FF
                                || c >= 0xE000 && c <= 0xFFFD
                                || c >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
