package org.agreementledger.api.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;

/** A plain reader of feeds, in any form. */
final class FeedPages {

    private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"([^\"]+)\"");

    /** Of each entry, once, in every form: it is within the entry's JSON, escaped or not. */
    private static final Pattern PLACE =
            Pattern.compile("\"position\":(\\d+),\"eventId\":\"([^\"]+)\"");

    private FeedPages() {}

    /** Positions of all, ascending, from the newest page backwards. */
    static List<Long> backwards(Doors doors, String newest, String accept) {
        List<Long> read = new ArrayList<>();
        for (String page = newest; !page.isEmpty(); ) {
            Answer answer = ok(doors.get(page, "Accept", accept));
            read.addAll(0, positions(answer).reversed());
            page = link(answer, "prev-archive");
        }
        return read;
    }

    /** The same from a first page forwards. */
    static List<Long> following(Doors doors, String first) {
        List<Long> read = new ArrayList<>();
        for (String page = first; !page.isEmpty(); ) {
            Answer answer = ok(doors.get(page));
            read.addAll(positions(answer));
            page = link(answer, "next");
        }
        return read;
    }

    private static Answer ok(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    static List<Long> positions(Answer answer) {
        return PLACE.matcher(answer.body())
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    /** The ids of the events, in the order in which they stand there. */
    static List<String> ids(String text) {
        return PLACE.matcher(text).results().map(found -> found.group(2)).toList();
    }

    /** The path behind a link relation; empty where there is none. */
    static String link(Answer answer, String relation) {
        Matcher link = LINK.matcher(answer.header("Link"));
        while (link.find()) {
            if (link.group(2).equals(relation)) {
                return path(link.group(1));
            }
        }
        return "";
    }

    static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
