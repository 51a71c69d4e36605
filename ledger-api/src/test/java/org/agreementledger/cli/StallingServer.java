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
import org.agreementledger.node.ServerAddress;

/** Answers every request with less than it promises, and then sends nothing more. */
final class StallingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final byte[] sent;
    private final int promised;

    StallingServer(byte[] sent, int promised) throws IOException {
        this.sent = sent;
        this.promised = promised;
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** As a server leaves it beside its data. */
    ServerAddress.Note note() {
        return new ServerAddress.Note(
                URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/"), "token");
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
                                .formatted(promised)
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(sent);
                out.flush();
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
