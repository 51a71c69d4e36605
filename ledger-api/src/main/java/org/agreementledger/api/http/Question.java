package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Digest;

/** What a request asks, however its parameters are ordered and encoded. */
final class Question {

    private Question() {}

    /** Of the path, the parameters but {@code without}, and what else tells two answers apart. */
    static String digest(HttpServletRequest request, List<String> without, Object... more) {
        Map<String, List<String>> parameters = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        without.forEach(parameters::remove);
        return Digest.sha256Hex(
                CanonicalBytes.of(
                        Map.of(
                                "path", request.getServletPath(),
                                "parameters", parameters,
                                "more", Arrays.stream(more).map(Object::toString).toList())));
    }
}
