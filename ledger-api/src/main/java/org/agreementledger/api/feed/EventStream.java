package org.agreementledger.api.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.agreementledger.feed.FeedFilter;

/**
 * What one reader is sent: server-sent events, as HTML defines them. All it holds is where the
 * reader is.
 */
final class EventStream {

    /** How long a reader waits before it comes again; it knows where it was. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final Streams streams;
    private final FeedFilter filter;
    private final Duration heartbeat;
    private final BooleanSupplier mayStay;
    private final OutputStream out;
    private long position;
    private long told;
    private long toldAt;
    private long witnessed;

    EventStream(
            Streams streams,
            FeedFilter filter,
            long position,
            Duration heartbeat,
            BooleanSupplier mayStay,
            OutputStream out) {
        this.streams = streams;
        this.filter = filter;
        this.position = position;
        this.heartbeat = heartbeat;
        this.mayStay = mayStay;
        this.out = out;
    }

    /**
     * Goes on until the reader leaves, may no longer stay, or the server closes. The reader is told
     * where it begins, so that it misses nothing when it is cut off before the first entry.
     *
     * @throws IOException when the reader has gone, or takes nothing for too long
     */
    void run() throws IOException, InterruptedException {
        send("retry: " + RETRY.toMillis() + "\n" + id());
        while (streams.isOpen() && mayStay.getAsBoolean()) {
            Stretch stretch = streams.after(position, filter);
            boolean moved = stretch.through() > position;
            position = stretch.through();
            if (!stretch.entries().isEmpty()) {
                send(stretch);
            } else if (beatIn().isNegative()) {
                beat();
            } else if (!moved) {
                streams.awaitAfter(position, beatIn());
            }
        }
    }

    private void send(Stretch stretch) throws IOException {
        for (StreamedEntry entry : stretch.entries()) {
            out.write(entry.text());
            told = entry.position();
        }
        witness();
        flush();
    }

    private void beat() throws IOException {
        if (witness()) {
            flush();
        } else {
            send(position == told ? ":\n\n" : id());
        }
    }

    /** The reader is told what was signed of all that it has been told, or spared by its filter. */
    private boolean witness() throws IOException {
        Optional<StreamedCheckpoint> newest =
                streams.checkpoint()
                        .filter(it -> it.size() > witnessed && it.size() <= position + 1);
        if (newest.isPresent()) {
            out.write(newest.get().text());
            witnessed = newest.get().size();
        }
        return newest.isPresent();
    }

    /** Without data, so that it is no event: it only moves the reader on. */
    private String id() {
        told = position;
        return "id: " + position + "\n\n";
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        flush();
    }

    private void flush() throws IOException {
        out.flush();
        toldAt = System.nanoTime();
    }

    private Duration beatIn() {
        return heartbeat.minusNanos(System.nanoTime() - toldAt);
    }
}
