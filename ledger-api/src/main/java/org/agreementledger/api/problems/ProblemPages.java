package org.agreementledger.api.problems;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Where the type of a problem leads to: what it means and what to do. */
@RestController
class ProblemPages {

    record Explanation(String type, String title, int status, String advice) {}

    record Explanations(List<Explanation> items) {}

    @GetMapping("/problems")
    ResponseEntity<?> all(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        return wantsPage(accept)
                ? page("Problems", ProblemType.ALL)
                : ResponseEntity.ok(
                        new Explanations(
                                ProblemType.ALL.stream().map(ProblemPages::explanation).toList()));
    }

    @GetMapping("/problems/{slug}")
    ResponseEntity<?> one(
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

    private static ResponseEntity<String> page(String title, List<ProblemType> types) {
        StringBuilder list = new StringBuilder();
        for (ProblemType type : types) {
            list.append(
                    """
                    <dt><a href="%s">%s</a> <span>%d</span></dt>
                    <dd>%s</dd>
                    """
                            .formatted(
                                    type.uri(),
                                    HtmlUtils.htmlEscape(type.title()),
                                    type.status().value(),
                                    HtmlUtils.htmlEscape(type.advice())));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(
                        """
                        <!doctype html>
                        <html lang="en">
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>%s · agreement ledger</title>
                        <link rel="stylesheet" href="/style.css">
                        <main>
                        <p><a href="/">Agreement ledger</a> · <a href="/problems">Problems</a></p>
                        <h1>%s</h1>
                        <dl class="problems">
                        %s</dl>
                        </main>
                        </html>
                        """
                                .formatted(title, title, list));
    }
}
