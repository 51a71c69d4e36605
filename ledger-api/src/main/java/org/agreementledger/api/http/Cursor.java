package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.agreementledger.api.problems.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader is in a list. It carries a digest of the question, so that it opens no other: a
 * page of one list after a place in another would skip entries, and nobody would notice.
 */
public final class Cursor {

    private static final int DIGEST_LENGTH = 16;

    /** A reader may change the size of pages on the way. */
    private static final List<String> NOT_THE_QUESTION = List.of("after", "limit");

    private Cursor() {}

    /**
     * @param last the key of the last item that the reader has
     */
    public static String after(Object last, HttpServletRequest request) {
        String key = last.toString();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((digest(key, request) + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place whose key it was made of; empty for the first page.
     *
     * @param place of a key; the digest is no secret, so the key may be anything
     * @throws Rejected when it was not made here, or for another question
     */
    public static <T> Optional<T> read(
            @Nullable String after, HttpServletRequest request, Function<String, T> place) {
        if (after == null) {
            return Optional.empty();
        }
        String text = decoded(after);
        if (text.length() > DIGEST_LENGTH) {
            String key = text.substring(DIGEST_LENGTH);
            try {
                if (after(key, request).equals(after)) {
                    return Optional.of(place.apply(key));
                }
            } catch (IllegalArgumentException _) {
                throw unknown(after);
            }
        }
        throw unknown(after);
    }

    private static Rejected unknown(String after) {
        return Rejected.parameter(
                "after",
                "'"
                        + after
                        + "' is not a cursor of this query; take the link to the next page as it is.");
    }

    private static String decoded(String after) {
        try {
            return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static String digest(String key, HttpServletRequest request) {
        return Question.digest(request, NOT_THE_QUESTION, key).substring(0, DIGEST_LENGTH);
    }
}
