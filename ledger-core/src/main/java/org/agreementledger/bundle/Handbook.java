package org.agreementledger.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.agreementledger.proof.Checkpoint;

/**
 * How to check a bundle by hand, in plain words and in commands of a POSIX shell. The words belong
 * to the format: other ones need another version of it, or bundles of today would not fit any more.
 */
final class Handbook {

    private static final String COMMAND = "    ";
    private static final int WIDTH = 100;
    private static final Map<String, String> SECTIONS = read("handbook-v1.txt");

    private final Scope scope;
    private final Checkpoint checkpoint;

    Handbook(Scope scope, Checkpoint checkpoint) {
        this.scope = scope;
        this.checkpoint = checkpoint;
    }

    private static Map<String, String> read(String resource) {
        try (InputStream in = Handbook.class.getResourceAsStream(resource)) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> sections = new HashMap<>();
            for (String section : ("---- begin\n" + all).split("(?m)^---- ")) {
                int line = section.indexOf('\n');
                if (line > 0) {
                    sections.put(section.substring(0, line), section.substring(line + 1));
                }
            }
            return sections;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(String name) {
        return SECTIONS.getOrDefault(name, "");
    }

    /** README.txt. */
    String text() {
        String template =
                section("begin")
                        + section(scope.allLeaves() ? "root" : "paths")
                        + (scope.claimsTerms() ? section("terms") : "")
                        + section("end");
        return template.replace("{origin}", checkpoint.origin())
                .replace("{holds}", scope.describe())
                .replace("{size}", Long.toString(checkpoint.size()))
                .replace("{limits}", wrapped(String.join(" ", scope.limits())))
                .replace("{files}", files())
                .replace("{held}", held())
                .replace("{step4}", step4());
    }

    private static String wrapped(String sentences) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : sentences.split(" ")) {
            if (column > 0) {
                boolean fits = column + 1 + word.length() <= WIDTH;
                text.append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }

    private String files() {
        return Part.of(scope).stream()
                .map(part -> "%-15s %s".formatted(part.file(), describe(part)))
                .collect(Collectors.joining("\n"));
    }

    private String describe(Part part) {
        return switch (part) {
            case README -> "this text";
            case CHECK -> "its commands as a script";
            case SUMS -> "the SHA-256 of every other file";
            case SCOPE -> "what the bundle holds, for programs";
            case KEY -> "the ledger's public key: name+id+base64 (C2SP signed-note)";
            case KEY_PEM -> "the same key, for openssl";
            case CHECKPOINT -> "the signed checkpoint: name, number of leaves, root, signature";
            case BODY -> "what of it is signed, for openssl";
            case SIGNATURE -> "the signature's 64 bytes, for openssl";
            case DOCUMENTS -> "the entries, to be read or to be imported by another ledger";
            case ENTRIES ->
                    "the same as they were hashed: RFC 8785 JSON of entry and salt, a line each";
            case LEAVES ->
                    (scope.allLeaves()
                                    ? "the leaves of the whole ledger"
                                    : "the leaves of these entries")
                            + ", a line each";
            case PROOFS ->
                    "for each leaf its position, then the hashes beside its way up to the root";
            case TERMS ->
                    "the terms on %s that follow from the entries, and the days on which they turned"
                            .formatted(scope.validOn());
        };
    }

    /** The leaves of the entries that are held. */
    private String held() {
        return scope.allLeaves() && scope.agreementId() != null
                ? "grep '\"agreementId\":\"%s\"' leaves.ndjson".formatted(scope.agreementId())
                : "cat leaves.ndjson";
    }

    private String step4() {
        return scope.allLeaves()
                ? """
                All leaves together come to the signed root. The hash of a leaf is the SHA-256 of a byte 0
                   and the leaf; that of two neighbours is the SHA-256 of a byte 1 and both their hashes:\
                """
                : """
                Each leaf is in the tree with the signed root. The hash of a leaf is the SHA-256 of a byte 0
                   and the leaf; that of two neighbours is the SHA-256 of a byte 1 and both their hashes.
                   proofs.txt names the neighbours on the way up:\
                """;
    }

    /** check.sh: the commands, one after the other, up to the first that fails. */
    String script() {
        String commands =
                text().lines()
                        .filter(line -> line.startsWith(COMMAND))
                        .map(line -> line.substring(COMMAND.length()))
                        .collect(Collectors.joining("\n"));
        return """
        #!/bin/sh
        # The commands of README.txt, up to the first that fails.
        set -eu
        cd "$(dirname "$0")"
        %s
        echo "All of it fits."
        """
                .formatted(commands);
    }
}
