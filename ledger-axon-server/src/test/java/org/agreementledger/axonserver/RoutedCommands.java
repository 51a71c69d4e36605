package org.agreementledger.axonserver;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc.CommandServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Sends each command to one of those that handle it, the same for the same routing key. */
final class RoutedCommands extends CommandServiceImplBase {

    /** Who was sent what, in this order. */
    record Sending(String routingKey, String clientId) {}

    private static final Duration POLL = Duration.ofMillis(5);

    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final List<Sending> sendings = new CopyOnWriteArrayList<>();

    private record Pending(Handler handler, StreamObserver<CommandResponse> answer) {}

    List<Sending> sendings() {
        return sendings;
    }

    /** The processes that handle commands now. */
    Set<String> clients() {
        return handlers.keySet();
    }

    /** Where commands of that key go, as long as nobody comes or leaves. */
    String clientFor(String routingKey) {
        return handlers.keySet().stream()
                .max(
                        Comparator.comparingInt(
                                client -> new SplittableRandom(seed(client, routingKey)).nextInt()))
                .orElseThrow();
    }

    /** Until that many handle commands: a node that has started says so a moment later. */
    void await(int clients, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (handlers.size() < clients) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + handlers.keySet() + " handle commands");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static long seed(String client, String routingKey) {
        return 31L * client.hashCode() + routingKey.hashCode();
    }

    /** As if that process died while it decides: the stream to it breaks. */
    void drop(String clientId) {
        handlers.get(clientId).leave();
    }

    @Override
    public void dispatch(Command command, StreamObserver<CommandResponse> answer) {
        String key =
                command.getProcessingInstructionsList().stream()
                        .filter(it -> it.getKey() == ProcessingKey.ROUTING_KEY)
                        .map(it -> it.getValue().getTextValue())
                        .findFirst()
                        .orElse(command.getMessageIdentifier());
        if (handlers.isEmpty()) {
            answer(answer, error(command.getMessageIdentifier(), "AXONIQ-4000", "No handler"));
            return;
        }
        Handler handler = handlers.get(clientFor(key));
        sendings.add(new Sending(key, handler.clientId));
        pending.put(command.getMessageIdentifier(), new Pending(handler, answer));
        handler.send(CommandProviderInbound.newBuilder().setCommand(command).build());
    }

    private static CommandResponse error(String request, String code, String message) {
        return CommandResponse.newBuilder()
                .setRequestIdentifier(request)
                .setErrorCode(code)
                .setErrorMessage(ErrorMessage.newBuilder().setErrorCode(code).setMessage(message))
                .build();
    }

    private static void answer(StreamObserver<CommandResponse> to, CommandResponse response) {
        to.onNext(response);
        to.onCompleted();
    }

    @Override
    public StreamObserver<CommandProviderOutbound> openStream(
            StreamObserver<CommandProviderInbound> outbound) {
        return new Handler(outbound);
    }

    private final class Handler implements StreamObserver<CommandProviderOutbound> {
        private final StreamObserver<CommandProviderInbound> outbound;
        private String clientId = "";

        Handler(StreamObserver<CommandProviderInbound> outbound) {
            this.outbound = outbound;
        }

        synchronized void send(CommandProviderInbound message) {
            outbound.onNext(message);
        }

        @Override
        public void onNext(CommandProviderOutbound message) {
            switch (message.getRequestCase()) {
                case SUBSCRIBE -> {
                    clientId = message.getSubscribe().getClientId();
                    handlers.put(clientId, this);
                }
                case UNSUBSCRIBE -> handlers.remove(clientId, this);
                case COMMAND_RESPONSE -> {
                    CommandResponse response = message.getCommandResponse();
                    Pending asked = pending.remove(response.getRequestIdentifier());
                    if (asked != null) {
                        answer(asked.answer(), response);
                    }
                }
                default -> {}
            }
            if (!message.getInstructionId().isEmpty()) {
                send(
                        CommandProviderInbound.newBuilder()
                                .setAck(
                                        InstructionAck.newBuilder()
                                                .setInstructionId(message.getInstructionId())
                                                .setSuccess(true))
                                .build());
            }
        }

        private void leave() {
            handlers.remove(clientId, this);
            pending.forEach((request, asked) -> {
                if (asked.handler() == this && pending.remove(request, asked)) {
                    answer(
                            asked.answer(),
                            error(request, "AXONIQ-4001", "Connection to handler lost"));
                }
            });
        }

        @Override
        public void onError(Throwable e) {
            leave();
        }

        @Override
        public void onCompleted() {
            leave();
            outbound.onCompleted();
        }
    }
}
