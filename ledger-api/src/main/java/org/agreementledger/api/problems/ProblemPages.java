package org.agreementledger.api.problems;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.servlet.ModelAndView;

/** Where the type of a problem leads to: what it means and what to do. */
@Controller
class ProblemPages {

    record Explanation(String type, String title, int status, String advice) {}

    record Explanations(List<Explanation> items) {}

    @GetMapping("/problems")
    Object all(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        return wantsPage(accept)
                ? page("Problems", ProblemType.ALL)
                : ResponseEntity.ok(
                        new Explanations(
                                ProblemType.ALL.stream().map(ProblemPages::explanation).toList()));
    }

    @GetMapping("/problems/{slug}")
    Object one(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        ProblemType type =
                ProblemType.named(slug)
                        .orElseThrow(() ->
                                Rejected.notFound(
                                        "There is no problem of that name; /problems lists all."));
        return wantsPage(accept)
                ? page(type.title(), List.of(type))
                : ResponseEntity.ok(explanation(type));
    }

    private static Explanation explanation(ProblemType type) {
        return new Explanation(type.uri(), type.title(), type.status().value(), type.advice());
    }

    private static boolean wantsPage(@Nullable String accept) {
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    private static ModelAndView page(String title, List<ProblemType> types) {
        return new ModelAndView("problems", Map.of("title", title, "types", types));
    }
}
