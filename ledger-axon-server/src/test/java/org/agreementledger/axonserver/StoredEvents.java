package org.agreementledger.axonserver;

import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc.EventStoreImplBase;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.axoniq.axonserver.grpc.event.GetAggregateEventsRequest;
import io.axoniq.axonserver.grpc.event.GetAggregateSnapshotsRequest;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.axoniq.axonserver.grpc.event.GetFirstTokenRequest;
import io.axoniq.axonserver.grpc.event.GetLastTokenRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrResponse;
import io.axoniq.axonserver.grpc.event.TrackingToken;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** All events in one order, appended whole transactions at a time. */
final class StoredEvents extends EventStoreImplBase {

    static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Runnable> insteadOfNext = new AtomicReference<>();
    private final AtomicReference<Runnable> afterNext = new AtomicReference<>();

    /** To be run once, when the next transaction is to be stored; it is not stored then. */
    void insteadOfNext(Runnable fault) {
        insteadOfNext.set(fault);
    }

    /** To be run once, when the next transaction is stored, and instead of saying so. */
    void afterNext(Runnable fault) {
        afterNext.set(fault);
    }

    /** As if they had never been stored. */
    synchronized void loseAll() {
        events.clear();
        sequences.clear();
    }

    synchronized List<String> identifiers() {
        return events.stream().map(Event::getMessageIdentifier).toList();
    }

    /** How many there are of one name, which are not all events of agreements. */
    synchronized long count(String payloadType) {
        return events.stream()
                .filter(event -> event.getPayload().getType().equals(payloadType))
                .count();
    }

    @Override
    public StreamObserver<Event> appendEvent(StreamObserver<Confirmation> answer) {
        List<Event> transaction = new ArrayList<>();
        return new StreamObserver<>() {
            @Override
            public void onNext(Event event) {
                transaction.add(event);
            }

            @Override
            public void onError(Throwable e) {}

            @Override
            public void onCompleted() {
                commit(transaction, answer);
            }
        };
    }

    private void commit(List<Event> transaction, StreamObserver<Confirmation> answer) {
        Runnable instead = insteadOfNext.getAndSet(null);
        if (instead != null) {
            instead.run();
            return;
        }
        if (!append(transaction)) {
            Metadata trailers = new Metadata();
            trailers.put(ERROR_CODE, "AXONIQ-2000");
            answer.onError(
                    Status.OUT_OF_RANGE
                            .withDescription("Invalid sequence number")
                            .asRuntimeException(trailers));
            return;
        }
        streams.forEach(Stream::pump);
        Runnable after = afterNext.getAndSet(null);
        if (after != null) {
            after.run();
            return;
        }
        answer.onNext(Confirmation.newBuilder().setSuccess(true).build());
        answer.onCompleted();
    }

    /** Whole, or not at all: each event must be the next of its aggregate. */
    private synchronized boolean append(List<Event> transaction) {
        Map<String, Long> next = new HashMap<>();
        for (Event event : transaction) {
            String aggregate = event.getAggregateIdentifier();
            long expected =
                    next.computeIfAbsent(aggregate, id -> sequences.getOrDefault(id, -1L) + 1);
            if (event.getAggregateSequenceNumber() != expected) {
                return false;
            }
            next.put(aggregate, expected + 1);
        }
        events.addAll(transaction);
        next.forEach((aggregate, sequence) -> sequences.put(aggregate, sequence - 1));
        return true;
    }

    @Override
    public void listAggregateEvents(
            GetAggregateEventsRequest request, StreamObserver<Event> answer) {
        ofAggregate(request).forEach(answer::onNext);
        answer.onCompleted();
    }

    private synchronized List<Event> ofAggregate(GetAggregateEventsRequest request) {
        return events.stream()
                .filter(event -> event.getAggregateIdentifier().equals(request.getAggregateId()))
                .filter(event -> event.getAggregateSequenceNumber() >= request.getInitialSequence())
                .toList();
    }

    @Override
    public void listAggregateSnapshots(
            GetAggregateSnapshotsRequest request, StreamObserver<Event> answer) {
        answer.onCompleted();
    }

    @Override
    public synchronized void readHighestSequenceNr(
            ReadHighestSequenceNrRequest request,
            StreamObserver<ReadHighestSequenceNrResponse> answer) {
        answer.onNext(
                ReadHighestSequenceNrResponse.newBuilder()
                        .setToSequenceNr(sequences.getOrDefault(request.getAggregateId(), -1L))
                        .build());
        answer.onCompleted();
    }

    @Override
    public void getFirstToken(GetFirstTokenRequest request, StreamObserver<TrackingToken> answer) {
        answer.onNext(TrackingToken.newBuilder().setToken(0).build());
        answer.onCompleted();
    }

    @Override
    public synchronized void getLastToken(
            GetLastTokenRequest request, StreamObserver<TrackingToken> answer) {
        answer.onNext(TrackingToken.newBuilder().setToken(events.size() - 1L).build());
        answer.onCompleted();
    }

    @Override
    public StreamObserver<GetEventsRequest> listEvents(StreamObserver<EventWithToken> answer) {
        return new Stream(answer);
    }

    /** One that reads on, as far as it was permitted to be sent. */
    private final class Stream implements StreamObserver<GetEventsRequest> {
        private final StreamObserver<EventWithToken> answer;
        private long next = -1;
        private long permits;

        Stream(StreamObserver<EventWithToken> answer) {
            this.answer = answer;
        }

        @Override
        public void onNext(GetEventsRequest request) {
            synchronized (this) {
                if (next < 0) {
                    next = request.getTrackingToken();
                    streams.add(this);
                }
                permits += request.getNumberOfPermits();
            }
            pump();
        }

        synchronized void pump() {
            for (Event event = at(next); event != null && permits > 0; event = at(next)) {
                answer.onNext(EventWithToken.newBuilder().setToken(next).setEvent(event).build());
                next++;
                permits--;
            }
        }

        private Event at(long index) {
            synchronized (StoredEvents.this) {
                return index < events.size() ? events.get((int) index) : null;
            }
        }

        @Override
        public void onError(Throwable e) {
            streams.remove(this);
        }

        @Override
        public void onCompleted() {
            streams.remove(this);
            answer.onCompleted();
        }
    }
}
