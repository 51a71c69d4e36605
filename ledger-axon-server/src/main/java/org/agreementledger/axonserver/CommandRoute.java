package org.agreementledger.axonserver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agreementledger.axon.Backend.Recorder;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Unconfirmed;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.commandhandling.distributed.MetaDataRoutingStrategy;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;

/**
 * The command bus: a request goes whole to the node that decides on its agreement, so that this one
 * is in one node's memory, and those who write to it meet there instead of in the event store. It
 * is for speed only; whichever node decides, the event store takes an entry in one place once.
 */
final class CommandRoute implements AutoCloseable {

    private static final String COMMAND = "org.agreementledger.RecordAll";
    private static final String ROUTE = "agreementId";

    /** What is larger is decided here: a message to Axon Server takes 4 MB. */
    private static final int TEXT_MAX = 1_000_000;

    /** Longer than a node tries before it gives up. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

    private static final Duration CLOSING_MAX = Duration.ofSeconds(5);

    private final AxonServerCommandBus bus;
    private boolean started;

    CommandRoute(
            AxonServerConnectionManager connections,
            AxonServerConfiguration configuration,
            Serializer serializer) {
        this.bus =
                AxonServerCommandBus.builder()
                        .axonServerConnectionManager(connections)
                        .configuration(configuration)
                        .localSegment(SimpleCommandBus.builder().build())
                        .serializer(serializer)
                        .routingStrategy(
                                MetaDataRoutingStrategy.builder().metaDataKey(ROUTE).build())
                        .build();
    }

    void start(Recorder here) {
        bus.start();
        started = true;
        bus.subscribe(
                COMMAND,
                command -> {
                    List<Submission> submissions = Sent.read((String) command.getPayload());
                    return apart(() -> Answer.of(here, submissions).text());
                });
    }

    List<Receipt> record(List<Submission> submissions, Recorder here) {
        String text = Sent.text(submissions);
        if (submissions.isEmpty() || text.length() > TEXT_MAX) {
            return apart(() -> here.recordAll(submissions));
        }
        CommandResultMessage<? extends String> result =
                dispatch(text, submissions.getFirst().command().agreementId().value());
        if (!result.isExceptional()) {
            return Answer.read(result.getPayload()).receipts();
        }
        Throwable failure = result.exceptionResult();
        if (failure instanceof NoHandlerForCommandException) {
            // It went nowhere: Axon Server does not know yet, or knows no more, of any node.
            return apart(() -> here.recordAll(submissions));
        }
        throw Failures.unconfirmed(failure);
    }

    /** An interrupt waits until it is known how it ended. */
    private CommandResultMessage<? extends String> dispatch(String text, String agreementId) {
        FutureCallback<String, String> answer = new FutureCallback<>();
        bus.dispatch(
                new GenericCommandMessage<>(
                        new GenericMessage<>(text, MetaData.with(ROUTE, agreementId)), COMMAND),
                answer);
        try {
            return answer.orTimeout(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new Unconfirmed("no answer within " + ANSWER_MAX.toSeconds() + " seconds", e);
        }
    }

    /**
     * On a thread of its own: a write is a unit of work by itself, not part of the bus's, and is
     * not to be interrupted while it is stored.
     */
    private static <T> T apart(Supplier<T> write) {
        try {
            return CompletableFuture.supplyAsync(
                            write, task -> Thread.ofVirtual().name("record").start(task))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Lets what is under way here end by itself. */
    @Override
    public void close() {
        if (started) {
            started = false;
            bus.disconnect();
            bus.shutdownDispatching()
                    .completeOnTimeout(null, CLOSING_MAX.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }
}
