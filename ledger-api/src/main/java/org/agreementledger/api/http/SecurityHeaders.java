package org.agreementledger.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** What a browser may do with an answer: load from here only, guess no types, tell nobody. */
final class SecurityHeaders extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", policy("'none'"));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        chain.doFilter(request, response);
    }

    /**
     * @param ancestors who may show it within a page of their own
     */
    static String policy(String ancestors) {
        return "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
                + ancestors
                + "; object-src 'none'";
    }
}
