package org.agreementledger.bundle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a bundle, in the order in which it holds them. */
enum Part {
    README("README.txt"),
    CHECK("check.sh"),
    SUMS("SHA256SUMS"),
    SCOPE("bundle.json"),
    KEY("key.txt"),
    KEY_PEM("key.pem"),
    CHECKPOINT("checkpoint.txt"),
    BODY("checkpoint.body"),
    SIGNATURE("checkpoint.sig"),
    /** The entries for a person, and for import. */
    DOCUMENTS("entries.json"),
    /** The same as they were digested. */
    ENTRIES("entries.ndjson"),
    LEAVES("leaves.ndjson"),
    PROOFS("proofs.txt"),
    TERMS("terms.ndjson");

    private final String file;

    Part(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** Why it is wrong where it differs. */
    String unlike() {
        return switch (this) {
            case README, CHECK -> "it is not what every such bundle says here";
            case KEY_PEM -> "it is not the key of key.txt";
            case BODY -> "it is not the text of checkpoint.txt";
            case SIGNATURE -> "it is not the signature of checkpoint.txt";
            case SUMS -> "it is not the SHA-256 of the file";
            case DOCUMENTS -> "it is not what entries.ndjson says";
            case TERMS -> "it is not what follows from the entries";
            case SCOPE, KEY, CHECKPOINT, ENTRIES, LEAVES, PROOFS ->
                    "it is not written as it should be";
        };
    }

    static Optional<Part> named(String file) {
        return Stream.of(values()).filter(part -> part.file.equals(file)).findFirst();
    }

    /** Those that a bundle of that scope consists of. */
    static List<Part> of(Scope scope) {
        return Stream.of(values())
                .filter(part -> part != PROOFS || !scope.allLeaves())
                .filter(part -> part != TERMS || scope.claimsTerms())
                .toList();
    }
}
