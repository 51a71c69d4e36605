package org.agreementledger.api.limits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A connection on which bytes go out as somebody who means no good would send them. */
final class Line implements AutoCloseable {

    private static final int ANSWER_MAX_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Future<String> answer;

    /**
     * @param from an address of this machine
     */
    Line(int port, String from) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(ANSWER_MAX_MILLIS);
        answer = reader.submit(this::all);
    }

    Line(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** All that comes until the other side closes, or breaks the connection off. */
    private String all() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[1 << 13];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answer.write(buffer, 0, read);
                begun.countDown();
            }
        } catch (SocketException _) {
            // What was read before counts.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    /** False when nothing has come in time. */
    boolean awaitBeginOfAnswer() throws InterruptedException {
        return begun.await(ANSWER_MAX_MILLIS, TimeUnit.MILLISECONDS);
    }

    String answer() throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        reader.shutdownNow();
    }
}
