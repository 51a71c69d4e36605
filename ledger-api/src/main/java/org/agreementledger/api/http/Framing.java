package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletResponse;

/** Says which pages may stand within pages from elsewhere: none, but for those that say so. */
public final class Framing {

    private Framing() {}

    /** For a page that only shows: whoever frames it can make nobody do anything. */
    public static void byAnybody(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", SecurityHeaders.policy("*"));
        response.setHeader("X-Frame-Options", null);
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }
}
