package org.agreementledger.api.entries;

import java.util.Map;
import java.util.regex.Pattern;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Digest;
import org.jspecify.annotations.Nullable;

/** What the writer calls this request, so that repeating it stores it once. */
public record IdempotencyKey(String value) {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("it takes 1 to 255 visible ASCII characters");
        }
    }

    public RequestKey over(String path, @Nullable Object body) {
        return new RequestKey(value, digest(path, body));
    }

    /**
     * One request that stores many entries has a key for each: the first has the writer's own, so
     * that another request under it is found out there; the others have blanks, which no writer's
     * has.
     */
    RequestKey entry(int index, String digest) {
        return new RequestKey(
                index == 0 ? value : "entry " + index + " of " + Digest.sha256Hex(value), digest);
    }

    static String digest(String path, @Nullable Object body) {
        try {
            return Digest.sha256Hex(CanonicalBytes.of(Map.of("path", path, "body", body)));
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed("The body has no canonical form: " + e.getMessage());
        }
    }
}
