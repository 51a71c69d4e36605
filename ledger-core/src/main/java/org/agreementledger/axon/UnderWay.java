package org.agreementledger.axon;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that are being answered on this node. */
final class UnderWay {

    private record Place(Actor by, String key) {}

    private final Set<Place> places = ConcurrentHashMap.newKeySet();

    /** Leaves them when it is closed. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws InProgress when one of them is under way
     */
    Claim enter(List<Submission> submissions) {
        List<Place> entered = new ArrayList<>();
        for (Submission submission : submissions) {
            if (submission.request() == null) {
                continue;
            }
            Place place = new Place(submission.by(), submission.request().key());
            if (places.add(place)) {
                entered.add(place);
            } else if (!entered.contains(place)) {
                entered.forEach(places::remove);
                throw new InProgress(place.key());
            }
        }
        return () -> entered.forEach(places::remove);
    }
}
