package org.agreementledger.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The note a server leaves beside its database, so that others can say where it is; and so that who
 * may read the note, which only its owner may, can administer it.
 */
public final class ServerAddress {

    private static final String FILE = "server.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What the note says.
     *
     * @param token an admin's, while that server runs
     */
    public record Note(URI address, String token) {

        /** Without the token: this ends in logs. */
        @Override
        public String toString() {
            return address.toString();
        }
    }

    private ServerAddress() {}

    /** A temporary file is its owner's alone from the beginning, and so is what it becomes. */
    public static void write(Path folder, Note note) {
        try {
            Path draft = Files.createTempFile(folder, FILE, ".draft");
            Files.writeString(
                    draft,
                    JSON.writeValueAsString(
                            Map.of("address", note.address().toString(), "token", note.token())));
            Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where no server left one; a killed server leaves a stale one. */
    public static Optional<Note> read(Path folder) {
        try {
            JsonNode note = JSON.readTree(Files.readString(folder.resolve(FILE)));
            return note.path("address")
                    .asStringOpt()
                    .map(address -> new Note(URI.create(address), note.path("token").asString("")));
        } catch (IOException | JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
