package org.agreementledger.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * One connection that stays open, and no threads of its own: it adds little to what it measures.
 */
final class LoopbackClient {

    private final URI server;
    private final byte[] buffer = new byte[1 << 16];

    LoopbackClient(URI server) {
        this.server = server;
    }

    /**
     * @param nanoseconds from asking to the last byte
     */
    record Answer(int status, long bytes, long lines, long nanoseconds) {}

    Answer get(String path, String accept) {
        return ask(path, connection -> connection.setRequestProperty("Accept", accept));
    }

    Answer post(String path, byte[] json) {
        return ask(
                path,
                connection -> {
                    connection.setRequestMethod("POST");
                    connection.setDoOutput(true);
                    connection.setRequestProperty("Content-Type", "application/json");
                    try (OutputStream body = connection.getOutputStream()) {
                        body.write(json);
                    }
                });
    }

    private interface Request {
        void on(HttpURLConnection connection) throws IOException;
    }

    private Answer ask(String path, Request request) {
        long start = System.nanoTime();
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) server.resolve(path).toURL().openConnection();
            request.on(connection);
            int status = connection.getResponseCode();
            long bytes = 0;
            long lines = 0;
            try (InputStream body =
                    status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    bytes += read;
                    for (int i = 0; i < read; i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
            return new Answer(status, bytes, lines, System.nanoTime() - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nanoseconds of an answer in JSON, which must be 200. */
    long time(String path) {
        Answer answer = get(path, "application/json");
        if (answer.status() != 200) {
            throw new IllegalStateException(path + " was answered with " + answer.status());
        }
        return answer.nanoseconds();
    }
}
