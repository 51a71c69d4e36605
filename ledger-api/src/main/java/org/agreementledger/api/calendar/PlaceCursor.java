package org.agreementledger.api.calendar;

import org.agreementledger.upcoming.Upcoming.Place;

record PlaceCursor(String text) {
    public PlaceCursor {
        if (text.split("~", -1).length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not a cursor");
        }
    }

    static PlaceCursor of(Place place) {
        return new PlaceCursor(place.on() + "~" + place.agreementId() + "~" + place.key());
    }

    Place place() {
        String[] parts = text.split("~", -1);
        return new Place(java.time.LocalDate.parse(parts[0]), parts[1], parts[2]);
    }
}
