package org.agreementledger.api.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.agreementledger.tokens.TokenText;
import org.springframework.http.ResponseCookie;

/**
 * Where a browser keeps the token of who signed in: no script reads it, and it comes along with no
 * request that a page from elsewhere made. Its name is the ledger's, as browsers keep cookies by
 * host, whatever the port.
 */
public final class AccessCookie {

    /** What browsers keep of name, value and attributes together, less the latter. */
    private static final int LENGTH_MAX = 3900;

    private final String name;

    AccessCookie(String ledger) {
        this.name = TokenText.PREFIX + ledger;
    }

    /** Whether some ledger's is on that request. */
    public static boolean isOn(HttpServletRequest request) {
        return cookies(request).anyMatch(cookie -> cookie.getName().startsWith(TokenText.PREFIX));
    }

    private static Stream<Cookie> cookies(HttpServletRequest request) {
        return request.getCookies() == null ? Stream.empty() : Arrays.stream(request.getCookies());
    }

    Optional<String> token(HttpServletRequest request) {
        return cookies(request)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** Whether a browser would keep it. */
    public boolean holds(String token) {
        return token.length() <= LENGTH_MAX;
    }

    /** Until the browser is closed. */
    public String with(String token, HttpServletRequest request) {
        return cookie(token, request).build().toString();
    }

    public String without(HttpServletRequest request) {
        return cookie("", request).maxAge(Duration.ZERO).build().toString();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value, HttpServletRequest request) {
        return ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .secure(isEncrypted(request));
    }

    /** A proxy in front may have taken the encryption off; who lies about that harms itself. */
    private static boolean isEncrypted(HttpServletRequest request) {
        return request.isSecure() || "https".equals(request.getHeader("X-Forwarded-Proto"));
    }
}
