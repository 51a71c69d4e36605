package org.agreementledger.api.badge;

import java.time.LocalDate;
import org.agreementledger.api.svg.SvgWriter;
import org.agreementledger.asof.AgreementSummary;

/**
 * "Terms unchanged since …" as SVG 1.1: text on two plates that bring their own ground, so that it
 * reads on light and on dark pages. It refers to nothing and styles nothing by CSS, which the
 * ledger's own security policy would refuse.
 */
final class Badge {

    private static final int HEIGHT = 20;
    private static final int MARGIN = 6;
    private static final String LABEL = "terms";

    /** White text on each has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
    private enum Colour {
        LABEL("#424a53"),
        CONSTANT("#1a7f37"),
        CHANGED("#0969da"),
        CONTRADICTED("#9a6700"),
        QUIET("#57606a");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private final String title;
    private final String message;
    private final Colour colour;

    private Badge(String title, String message, Colour colour) {
        this.title = title;
        this.message = message;
        this.colour = colour;
    }

    /**
     * @param validOn the day it is the summary of
     */
    static Badge of(AgreementSummary agreement, LocalDate validOn) {
        LocalDate since = agreement.unchangedSince();
        if (since == null || agreement.status().equals("pending")) {
            return new Badge(agreement.title(), "not in force yet", Colour.QUIET);
        }
        if (agreement.status().equals("closed")) {
            return new Badge(agreement.title(), "closed, unchanged since " + since, Colour.QUIET);
        }
        String message = (since.equals(validOn) ? "changed on " : "unchanged since ") + since;
        int contradictions = agreement.contradictions();
        if (contradictions > 0) {
            return new Badge(
                    agreement.title(),
                    message
                            + ", "
                            + contradictions
                            + (contradictions == 1 ? " claim" : " claims")
                            + " contradicted",
                    Colour.CONTRADICTED);
        }
        return new Badge(
                agreement.title(),
                message,
                since.equals(validOn) ? Colour.CHANGED : Colour.CONSTANT);
    }

    String svg() {
        int label = plateWidth(LABEL);
        String said = title + ": " + LABEL + " " + message;
        SvgWriter out =
                new SvgWriter()
                        .document(
                                "width",
                                label + plateWidth(message),
                                "height",
                                HEIGHT,
                                "role",
                                "img",
                                "aria-label",
                                said)
                        .said("title", said);
        plate(out, Colour.LABEL, 0, LABEL);
        plate(out, colour, label, message);
        return out.close().written();
    }

    private static void plate(SvgWriter out, Colour colour, int x, String text) {
        out.empty("rect", "x", x, "width", plateWidth(text), "height", HEIGHT, "fill", colour.code);
        out.said(
                "text",
                text,
                "x",
                x + MARGIN,
                "y",
                14,
                "textLength",
                width(text),
                "fill",
                "#fff",
                "font-family",
                "Verdana,DejaVu Sans,Geneva,sans-serif",
                "font-size",
                11);
    }

    private static int plateWidth(String text) {
        return width(text) + 2 * MARGIN;
    }

    /** About what Verdana takes at that size; whatever the font, the text is fitted to it. */
    private static int width(String text) {
        double width = 0;
        for (char letter : text.toCharArray()) {
            width +=
                    switch (letter) {
                        case 'i', 'l', 'j', ',' -> 3.5;
                        case ' ', 't', 'f', 'r', '-' -> 4.6;
                        case 'm', 'w' -> 10;
                        default -> 6.8;
                    };
        }
        return (int) Math.ceil(width);
    }
}
