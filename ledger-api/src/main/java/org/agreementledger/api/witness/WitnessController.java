package org.agreementledger.api.witness;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.proof.AddCheckpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.witness.Witness;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** This ledger as a witness of logs of others: C2SP tlog-witness. */
@RestController
class WitnessController {

    private static final int BYTES_MAX = 256 * 1024;
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final MediaType SIZE = MediaType.valueOf("text/x.tlog.size");

    private final Optional<Witness> witness;

    WitnessController(LedgerNode node, Witnessing witnessing) {
        this.witness =
                Optional.of(witnessing)
                        .filter(it -> !it.logs().isEmpty())
                        .map(it -> node.witness(it.logs(), it.keyFile(), it.name()));
    }

    /** The body is read whatever type it is said to be: the specification names none. */
    @PostMapping("/add-checkpoint")
    ResponseEntity<String> add(HttpServletRequest request) throws IOException {
        AddCheckpoint asked = read(request.getInputStream().readNBytes(BYTES_MAX + 1));
        try {
            return ResponseEntity.ok().contentType(TEXT).body(witness().add(asked).line() + "\n");
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed(sentence(e));
        } catch (Witness.Refusal e) {
            return refused(e);
        }
    }

    private static AddCheckpoint read(byte[] body) {
        if (body.length > BYTES_MAX) {
            throw Rejected.tooLarge("A request to a witness has at most " + BYTES_MAX + " bytes.");
        }
        try {
            return AddCheckpoint.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException _) {
            throw Rejected.malformed("The body is not UTF-8.");
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed(sentence(e));
        }
    }

    private static String sentence(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    private static ResponseEntity<String> refused(Witness.Refusal e) {
        String why = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case UNKNOWN_LOG -> throw Rejected.notFound(why);
            case NOT_SIGNED ->
                    throw new Rejected(Problem.of(ProblemType.CHECKPOINT_NOT_SIGNED, why));
            case OLD_SIZE_TOO_LARGE -> throw Rejected.malformed(why);
            case OTHER_SIZE ->
                    ResponseEntity.status(HttpStatus.CONFLICT)
                            .contentType(SIZE)
                            .body(e.size() + "\n");
            case INCONSISTENT ->
                    throw new Rejected(Problem.of(ProblemType.CHECKPOINT_INCONSISTENT, why));
        };
    }

    /**
     * What it cosigned last.
     *
     * @param originHash SHA-256 of the log's origin
     */
    @GetMapping(path = "/{originHash}/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> checkpoint(@PathVariable String originHash) {
        String note =
                witness()
                        .checkpoint(originHash)
                        .orElseThrow(() ->
                                Rejected.notFound(
                                        "This witness has cosigned nothing of a log with that hash."));
        return ResponseEntity.ok()
                .contentType(TEXT)
                .eTag('"' + Digest.sha256Hex(note).substring(0, 32) + '"')
                .body(note);
    }

    private Witness witness() {
        return witness.orElseThrow(() ->
                Rejected.notFound(
                        "This ledger is nobody's witness; serve --witness-for makes it one."));
    }
}
