package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import org.agreementledger.api.access.AccessCookie;
import org.agreementledger.api.access.Caller;
import org.agreementledger.api.access.Callers;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where a browser gets to keep a token, and gives it back. */
@Controller
class SignInPage {

    private static final String START = "/";

    private final Callers callers;
    private final AccessCookie cookie;

    SignInPage(Callers callers) {
        this.callers = callers;
        this.cookie = callers.cookie();
    }

    @ModelAttribute
    void prepare(HttpServletResponse response) {
        // Under no-referrer a browser says of a form that it comes from nowhere.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /**
     * @param to where the reader was about to go
     */
    @GetMapping("/sign-in")
    Object page(@RequestParam(defaultValue = START) String to, @Nullable Caller caller) {
        return page(own(to), caller, null, HttpStatus.OK);
    }

    @PostMapping(path = "/sign-in", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object signIn(
            @RequestParam String token,
            @RequestParam(defaultValue = START) String to,
            HttpServletRequest request) {
        String given = token.strip();
        try {
            if (!cookie.holds(given)) {
                throw new Rejected(
                        Problem.of(
                                ProblemType.TOKEN_REFUSED,
                                "No browser keeps a token as long as that one."));
            }
            callers.withToken(given);
            return leadingTo(own(to), cookie.with(given, request));
        } catch (Rejected e) {
            return page(own(to), null, e.problem(), HttpStatus.valueOf(e.problem().status()));
        }
    }

    @PostMapping("/sign-out")
    Object signOut(HttpServletRequest request) {
        return leadingTo("/sign-in", cookie.without(request));
    }

    private static ResponseEntity<?> leadingTo(String path, String cookie) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header(HttpHeaders.SET_COOKIE, cookie)
                .build();
    }

    private ModelAndView page(
            String to, @Nullable Caller caller, @Nullable Problem problem, HttpStatus status) {
        ModelMap model = new ModelMap();
        model.addAttribute("to", to);
        model.addAttribute("needed", callers.tokenNeeded());
        model.addAttribute("caller", caller);
        model.addAttribute("refusal", problem);
        return new ModelAndView("sign-in", model, status);
    }

    /** An address elsewhere would make this page lead whoever signs in astray. */
    private static String own(String to) {
        try {
            URI address = new URI(to);
            return to.startsWith("/") && address.getRawAuthority() == null && !to.startsWith("//")
                    ? address.toASCIIString()
                    : START;
        } catch (URISyntaxException _) {
            return START;
        }
    }
}
