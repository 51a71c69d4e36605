package org.agreementledger.api.access;

import static org.agreementledger.tokens.Role.ADMIN;
import static org.agreementledger.tokens.Role.AUDITOR;
import static org.agreementledger.tokens.Role.READER;
import static org.agreementledger.tokens.Role.RECORDER;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agreementledger.tokens.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what over HTTP: every door, with the least role it takes. What is not named here is
 * not there, whoever asks; so a door that somebody forgets to name stays shut.
 */
final class DoorTable {

    /** What holds nothing of the ledger, or is signed by itself (what a witness is sent). */
    private static final String OPEN =
            """
            GET  /sign-in
            POST /sign-in
            POST /sign-out
            GET  /verify
            GET  /verify/**
            GET  /dashboard/**
            GET  /webjars/**
            GET  /style.css
            GET  /favicon.ico
            GET  /icon.svg
            GET  /problems
            GET  /problems/{slug}
            GET  /v1/openapi.json
            GET  /actuator/health
            GET  /actuator/health/**
            POST /add-checkpoint
            GET  /{originHash}/checkpoint
            """;

    private static final String READS =
            """
            GET  /
            GET  /doors
            GET  /search
            GET  /audit
            GET  /audit.csv
            GET  /audit.ndjson
            GET  /agreements/{id}
            GET  /agreements/{id}/card
            GET  /agreements/{id}/constancy
            GET  /agreements/{id}/entries/{sequence}
            GET  /agreements/{id}/terms
            GET  /agreements/{id}/terms/{key}
            GET  /agreements/{id}/timeline
            GET  /agreements/{id}/timeline.svg
            GET  /v1/agreements
            GET  /v1/agreements/{id}
            GET  /v1/agreements/{id}/badge.svg
            GET  /v1/agreements/{id}/constancy
            GET  /v1/agreements/{id}/diff
            GET  /v1/agreements/{id}/entries
            GET  /v1/agreements/{id}/entries/{sequence}
            GET  /v1/agreements/{id}/feed
            GET  /v1/agreements/{id}/feed.{form}
            GET  /v1/agreements/{id}/feed/stream
            GET  /v1/agreements/{id}/terms/{key}
            GET  /v1/agreements/{id}/terms/{key}/history
            GET  /v1/agreements/{id}/timemap
            GET  /v1/calendar.ics
            GET  /v1/checkpoint
            GET  /v1/entries
            GET  /v1/entries/{position}
            GET  /v1/feed
            GET  /v1/feed.{form}
            GET  /v1/feed/archives/{span}.{form}
            GET  /v1/feed/archives/{span}/next.{form}
            GET  /v1/feed/stream
            GET  /v1/log/checkpoints
            GET  /v1/log/checkpoints/{size}
            GET  /v1/log/consistency
            GET  /v1/log/entries
            GET  /v1/log/inclusion
            GET  /v1/log/key
            GET  /v1/series
            GET  /v1/series/constancy
            GET  /v1/upcoming
            """;

    private static final String RECORDS =
            """
            GET  /record
            POST /record
            GET  /agreements/{id}/record
            POST /agreements/{id}/record
            GET  /agreements/{id}/entries/{sequence}/correct
            POST /agreements/{id}/entries/{sequence}/correct
            POST /v1/agreements
            POST /v1/agreements/{id}/entries
            POST /v1/import
            """;

    private static final String AUDITS =
            """
            GET  /actuator
            GET  /actuator/prometheus
            GET  /v1/webhooks
            GET  /v1/webhooks/{id}
            GET  /v1/webhooks/{id}/attempts
            GET  /v1/webhooks/{id}/dead-letters
            """;

    private static final String ADMINISTERS =
            """
            POST   /v1/webhooks
            PATCH  /v1/webhooks/{id}
            DELETE /v1/webhooks/{id}
            POST   /v1/webhooks/{id}/secret
            POST   /v1/webhooks/{id}/test
            POST   /v1/webhooks/{id}/dead-letters/replay
            POST   /v1/webhooks/{id}/dead-letters/{position}/replay
            GET    /v1/tokens
            POST   /v1/tokens
            DELETE /v1/tokens/{name}
            POST   /v1/backup
            GET    /v1/rebuild
            POST   /v1/rebuild
            """;

    static final DoorTable OF_THE_LEDGER =
            new DoorTable(
                    Stream.of(
                                    doors(OPEN, null),
                                    doors(READS, READER),
                                    doors(RECORDS, RECORDER),
                                    doors(AUDITS, AUDITOR),
                                    doors(ADMINISTERS, ADMIN))
                            .flatMap(doors -> doors)
                            .toList());

    private final List<Door> doors;

    /** The most specific first: the order in which the dispatcher chooses its handler. */
    private DoorTable(List<Door> doors) {
        this.doors =
                doors.stream()
                        .sorted(
                                Comparator.comparing(
                                        Door::path, PathPattern.SPECIFICITY_COMPARATOR))
                        .toList();
    }

    private static Stream<Door> doors(String rows, @Nullable Role least) {
        return rows.lines()
                .map(row -> row.split(" +"))
                .map(row ->
                        new Door(row[0], PathPatternParser.defaultInstance.parse(row[1]), least));
    }

    Optional<Door> find(String method, PathContainer path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return doors.stream()
                .filter(door -> door.method().equals(asked) && door.path().matches(path))
                .findFirst();
    }

    /** Of the doors at that address; empty where there is none. */
    Set<String> methods(PathContainer path) {
        Set<String> methods = new TreeSet<>();
        for (Door door : doors) {
            if (door.path().matches(path)) {
                methods.add(door.method());
            }
        }
        return methods;
    }
}
