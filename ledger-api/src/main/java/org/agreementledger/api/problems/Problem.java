package org.agreementledger.api.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.agreementledger.agreement.Refused;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says no (RFC 9457).
 *
 * @param detail what a person can act on
 * @param pointer RFC 6901, into the body; null for the whole, or where the body is not at fault
 * @param parameter of the query, where that is at fault
 * @param line of an import, from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String pointer,
        @Nullable String parameter,
        @Nullable Integer line) {

    public static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.uri(), type.title(), type.status().value(), detail, null, null, null);
    }

    public static Problem of(Refused refused) {
        return of(ProblemType.of(refused.rule()), refused.getMessage()).at(refused.pointer());
    }

    /** In the body. */
    public Problem at(String pointer) {
        return new Problem(
                type, title, status, detail, pointer.isEmpty() ? null : pointer, parameter, line);
    }

    Problem ofParameter(String name) {
        return new Problem(type, title, status, detail, pointer, name, line);
    }

    /**
     * On a line of an import. There a 404 would say that the import itself is not there, so an
     * unknown agreement is 422.
     */
    public Problem onLine(int number) {
        return new Problem(
                type, title, status == 404 ? 422 : status, detail, pointer, parameter, number);
    }
}
