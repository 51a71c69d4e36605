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

/** The note a server leaves beside its database, so that others can say where it is. */
public final class ServerAddress {

    private static final String FILE = "server.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ServerAddress() {}

    public static void write(Path folder, URI address) {
        try {
            Path draft = Files.createTempFile(folder, FILE, ".draft");
            Files.writeString(
                    draft, JSON.writeValueAsString(Map.of("address", address.toString())));
            Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where no server left one; a killed server leaves a stale one. */
    public static Optional<URI> read(Path folder) {
        try {
            JsonNode note = JSON.readTree(Files.readString(folder.resolve(FILE)));
            return note.path("address").asStringOpt().map(URI::create);
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
