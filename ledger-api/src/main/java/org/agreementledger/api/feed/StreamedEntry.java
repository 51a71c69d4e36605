package org.agreementledger.api.feed;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.feed.FeedFilter.Traits;

/**
 * An entry as an event of a stream.
 *
 * @param text with the empty line that ends it, in UTF-8
 */
record StreamedEntry(long position, Traits traits, byte[] text) {

    /** JSON has no line ends of its own: within text they are escaped. */
    static StreamedEntry of(EntryAnswer entry) {
        long position = Objects.requireNonNull(entry.position());
        String event =
                "id: %d\nevent: entry\ndata: %s\n\n"
                        .formatted(position, AnswerJson.AS_RECORDED.writeValueAsString(entry));
        return new StreamedEntry(
                position, Traits.of(entry), event.getBytes(StandardCharsets.UTF_8));
    }
}
