package org.agreementledger.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.agreementledger.node.ServerAddress;

/** Answers every request with the first half of what it promises, and then with nothing more. */
final class StallingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final byte[] answer;
    private final CountDownLatch asked = new CountDownLatch(1);

    StallingServer(byte[] answer) throws IOException {
        this.answer = answer;
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** As a server leaves it beside its data. */
    ServerAddress.Note note() {
        return new ServerAddress.Note(
                URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/"), "token");
    }

    /** Once it has sent a half. */
    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    /** Until whoever asked goes away. */
    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                InputStream in = client.getInputStream();
                in.read(new byte[8_192]);
                OutputStream out = client.getOutputStream();
                out.write(
                        "HTTP/1.1 200 \r\nContent-Length: %d\r\n\r\n"
                                .formatted(answer.length)
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(Arrays.copyOf(answer, answer.length / 2));
                out.flush();
                asked.countDown();
                in.read();
            } catch (SocketException _) {
                // It went away, or this was closed.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
