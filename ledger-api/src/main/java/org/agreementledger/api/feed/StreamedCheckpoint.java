package org.agreementledger.api.feed;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.agreementledger.log.StoredCheckpoint;

/**
 * A checkpoint as an event of a stream, which moves no reader.
 *
 * @param size the number of entries that it covers
 */
record StreamedCheckpoint(long size, byte[] text) {

    /** Who puts the lines together again has the note, with the end of its last line. */
    static StreamedCheckpoint of(StoredCheckpoint checkpoint) {
        String event =
                checkpoint
                        .note()
                        .lines()
                        .map(line -> "data: " + line + "\n")
                        .collect(Collectors.joining("", "event: checkpoint\n", "data: \n\n"));
        return new StreamedCheckpoint(checkpoint.size(), event.getBytes(StandardCharsets.UTF_8));
    }
}
