package org.agreementledger.api.entries;

import org.agreementledger.agreement.Entry;
import org.agreementledger.api.http.Lines.Line;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.proof.Digest;

/** One line of an import, read. */
sealed interface ImportLine {

    int number();

    /** What makes an import the same import: a JSON tree. */
    Object content();

    record Readable(int number, Object content, Entry entry) implements ImportLine {}

    record Unreadable(int number, String content, Problem problem) implements ImportLine {}

    static ImportLine read(Line line) {
        try {
            Object tree = line.tree();
            return new Readable(line.number(), tree, EntryJson.submitted(tree, null));
        } catch (Malformed e) {
            return unreadable(
                    line, Problem.of(ProblemType.MALFORMED, e.getMessage()).at(e.pointer()));
        } catch (Rejected e) {
            return unreadable(line, e.problem());
        }
    }

    private static ImportLine unreadable(Line line, Problem problem) {
        return new Unreadable(
                line.number(), Digest.sha256Hex(line.bytes()), problem.onLine(line.number()));
    }
}
