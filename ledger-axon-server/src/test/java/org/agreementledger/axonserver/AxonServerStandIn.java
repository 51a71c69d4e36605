package org.agreementledger.axonserver;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.Heartbeat;
import io.axoniq.axonserver.grpc.control.NodeInfo;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc.PlatformServiceImplBase;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.axon.StandIn;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the protocol of Axon Server as far as the ledger uses it, in memory: what its connector
 * says, it understands, and it answers what that expects. It is not Axon Server, and says nothing
 * of how that one stores, replicates or fails.
 */
public final class AxonServerStandIn implements StandIn {

    private static final Metadata.Key<String> CONTEXT =
            Metadata.Key.of("AxonIQ-Context", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TOKEN =
            Metadata.Key.of("AxonIQ-Access-Token", Metadata.ASCII_STRING_MARSHALLER);

    private final StoredEvents events = new StoredEvents();
    private final @Nullable String token;
    private final Set<String> contexts = ConcurrentHashMap.newKeySet();
    private final int port;
    private RoutedCommands commands = new RoutedCommands();
    private Server server;

    public AxonServerStandIn() {
        this(null);
    }

    /**
     * @param token without which nothing is answered; null for none
     */
    AxonServerStandIn(@Nullable String token) {
        this.token = token;
        this.server = listen(0);
        this.port = server.getPort();
    }

    private Server listen(int port) {
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .permitKeepAliveTime(100, TimeUnit.MILLISECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .intercept(new Door())
                    .addService(new Platform())
                    .addService(events)
                    .addService(commands)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public AxonServer address() {
        return new AxonServer("127.0.0.1:" + port, AxonServer.DEFAULT_CONTEXT, token, false, null);
    }

    /** What it holds, and how it is to fail. */
    StoredEvents events() {
        return events;
    }

    RoutedCommands commands() {
        return commands;
    }

    @Override
    public Set<String> contexts() {
        return contexts;
    }

    @Override
    public void dieAfterNextAppend() {
        events.afterNext(this::kill);
    }

    @Override
    public void loseAll() {
        events.loseAll();
    }

    /** Every connection breaks at once; what was stored is kept. */
    void kill() {
        server.shutdownNow();
    }

    @Override
    public void restart() {
        close();
        commands = new RoutedCommands();
        server = listen(port);
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Door implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (token != null && !token.equals(headers.get(TOKEN))) {
                Metadata trailers = new Metadata();
                trailers.put(StoredEvents.ERROR_CODE, "AXONIQ-1001");
                call.close(Status.PERMISSION_DENIED.withDescription("Invalid token"), trailers);
                return new ServerCall.Listener<>() {};
            }
            String context = headers.get(CONTEXT);
            if (context != null) {
                contexts.add(context);
            }
            return next.startCall(call, headers);
        }
    }

    private final class Platform extends PlatformServiceImplBase {
        @Override
        public void getPlatformServer(
                ClientIdentification client, StreamObserver<PlatformInfo> answer) {
            answer.onNext(
                    PlatformInfo.newBuilder()
                            .setPrimary(
                                    NodeInfo.newBuilder()
                                            .setHostName("127.0.0.1")
                                            .setGrpcPort(port)
                                            .setNodeName("stand-in"))
                            .setSameConnection(true)
                            .build());
            answer.onCompleted();
        }

        @Override
        public StreamObserver<PlatformInboundInstruction> openStream(
                StreamObserver<PlatformOutboundInstruction> answers) {
            return new StreamObserver<>() {
                @Override
                public void onNext(PlatformInboundInstruction instruction) {
                    if (!instruction.getInstructionId().isEmpty()) {
                        answers.onNext(
                                PlatformOutboundInstruction.newBuilder()
                                        .setAck(
                                                InstructionAck.newBuilder()
                                                        .setInstructionId(
                                                                instruction.getInstructionId())
                                                        .setSuccess(true))
                                        .build());
                    }
                    if (instruction.hasHeartbeat()) {
                        answers.onNext(
                                PlatformOutboundInstruction.newBuilder()
                                        .setHeartbeat(Heartbeat.getDefaultInstance())
                                        .build());
                    }
                }

                @Override
                public void onError(Throwable e) {}

                @Override
                public void onCompleted() {
                    answers.onCompleted();
                }
            };
        }
    }
}
