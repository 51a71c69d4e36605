package org.agreementledger.api.http;

import java.util.List;
import org.agreementledger.api.limits.BodySize;
import org.agreementledger.api.problems.Rejected;
import org.jspecify.annotations.Nullable;

/** A body of newline-delimited JSON, line by line; blank lines are left out, but counted. */
public record Lines(List<Line> lines) {

    /**
     * @param number from 1
     */
    public record Line(int number, byte[] bytes) {

        /**
         * @throws Rejected when the line is not JSON, or longer than an entry may be
         */
        public @Nullable Object tree() {
            if (bytes.length > BodySize.ENTRY.toBytes()) {
                throw BodySize.exceeded(BodySize.ENTRY);
            }
            return StrictJson.tree(bytes);
        }
    }
}
