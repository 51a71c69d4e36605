package org.agreementledger.api.feed;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.time.Rfc3339;
import org.springframework.http.MediaType;

/**
 * A page as an Atom feed (RFC 4287) with the links of RFC 5005. An entry is in it as text for
 * people, and whole, as JSON, in an element of ours. All of it is text that XML can carry: the
 * ledger takes no other.
 */
final class AtomFeed {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String HISTORY = "http://purl.org/syndication/history/1.0";
    private static final String LEDGER = "tag:agreementledger.org,2026:feed";
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    private final FeedDocument document;
    private final XMLStreamWriter out;

    private AtomFeed(FeedDocument document, XMLStreamWriter out) {
        this.document = document;
        this.out = out;
    }

    static byte[] write(FeedDocument document) {
        StringWriter text = new StringWriter();
        try {
            new AtomFeed(document, XML.createXMLStreamWriter(text)).feed();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void feed() throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeStartElement("feed");
        out.writeDefaultNamespace(ATOM);
        out.writeNamespace("fh", HISTORY);
        out.writeNamespace("ledger", LEDGER);
        element("id", document.id());
        element("title", document.links().title());
        element("updated", Rfc3339.text(document.updated()));
        link("self", document.self());
        alternate(document.links().home());
        for (Map.Entry<String, String> page : document.pages().entrySet()) {
            link(page.getKey(), page.getValue());
        }
        if (document.checkpoint() != null) {
            out.writeStartElement("ledger", "checkpoint", LEDGER);
            out.writeCharacters(document.checkpoint());
            out.writeEndElement();
        }
        if (document.archive()) {
            out.writeEmptyElement("fh", "archive", HISTORY);
        }
        for (EntryAnswer entry : document.entries()) {
            entry(entry);
        }
        out.writeEndElement();
        out.writeEndDocument();
        out.close();
    }

    private void entry(EntryAnswer entry) throws XMLStreamException {
        String recordedAt = Rfc3339.text(Objects.requireNonNull(entry.recordedAt()));
        out.writeStartElement("entry");
        element("id", EntryText.id(entry));
        element("title", entry.title());
        element("published", recordedAt);
        element("updated", recordedAt);
        out.writeStartElement("author");
        element("name", Objects.requireNonNull(entry.recordedBy()).id());
        out.writeEndElement();
        alternate(document.address(entry));
        for (String tag : JsonFeed.tags(entry).toList()) {
            out.writeEmptyElement("category");
            out.writeAttribute("term", tag);
        }
        out.writeStartElement("content");
        out.writeAttribute("type", "text");
        out.writeCharacters(EntryText.of(entry));
        out.writeEndElement();
        out.writeStartElement("ledger", "entry", LEDGER);
        out.writeCharacters(AnswerJson.AS_RECORDED.writeValueAsString(entry));
        out.writeEndElement();
        out.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        out.writeStartElement(name);
        out.writeCharacters(text);
        out.writeEndElement();
    }

    /** Without a type: many readers follow no link to what is not a page. */
    private void alternate(String address) throws XMLStreamException {
        out.writeEmptyElement("link");
        out.writeAttribute("rel", "alternate");
        out.writeAttribute("href", address);
    }

    private void link(String relation, String address) throws XMLStreamException {
        out.writeEmptyElement("link");
        out.writeAttribute("rel", relation);
        out.writeAttribute("type", MediaType.APPLICATION_ATOM_XML_VALUE);
        out.writeAttribute("href", address);
    }
}
