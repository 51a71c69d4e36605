package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.api.dashboard.TimeLine.Bar;
import org.agreementledger.api.dashboard.TimeLine.Cluster;
import org.agreementledger.api.dashboard.TimeLine.Lane;
import org.agreementledger.api.dashboard.TimeLine.Topic;
import org.agreementledger.api.svg.SvgWriter;
import org.agreementledger.asof.VersionsAnswer.Version;
import org.agreementledger.entries.EntryMark;
import org.jspecify.annotations.Nullable;

/**
 * Draws a time line: piece by piece for a page, which colours the pieces by their classes, or as a
 * picture that brings all it needs. Places on the axis are in percent, so that a piece is as wide
 * as it is given room.
 */
final class TimeLineDrawing {

    /** In a picture; on a page they are {@code --topic-0} and so on. */
    private static final List<String> TOPICS =
            List.of(
                    "#2f6f8f", "#8a5a2b", "#5b6b2f", "#7a4a86", "#2d7a5f", "#9a4a4a", "#4a5aa0",
                    "#6b6357");

    private static final Map<String, String> EFFECTS =
            Map.of(
                    "changed", "#a8410a",
                    "corrected", "#6b3fa0",
                    "disclosed", "#1d5a9e",
                    "unchanged", "#1b6b34");

    /** A shape for each kind, 12 wide and high, around the origin. */
    static final Map<String, String> SHAPES =
            Map.of(
                    "opening", "M-5-6L6 0L-5 6Z",
                    "announcement", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
                    "funding-round", "M0-6.5L6.5 0L0 6.5L-6.5 0Z",
                    "partnership", "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4Z",
                    "amendment", "M-5.5-5.5h11v11h-11Z",
                    "closing", "M-6-4l2-2L0-2l4-4l2 2L2 0l4 4l-2 2L0 2l-4 4l-2-2l4-4Z",
                    "correction", "M0-6L6 5H-6Z",
                    "withdrawal", "M0 6L6-5H-6Z",
                    "confirmation", "M-3-5.5h6L6 0L3 5.5h-6L-6 0Z");

    private static final String SEVERAL = "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0Z";
    private static final String STRIPES = "url(#stripes)";
    private static final int SAID_MAX = 140;
    private static final int TOLD_VERSIONS_MAX = 3;

    private static final int LANE = 20;
    private static final int BAR = 12;
    private static final int MARKS = 32;
    private static final int AXIS = 24;

    private final TimeLine line;
    private final SvgWriter out = new SvgWriter();
    private final boolean onPage;

    private TimeLineDrawing(TimeLine line, boolean onPage) {
        this.line = line;
        this.onPage = onPage;
    }

    // ---- pieces of a page

    static String axis(TimeLine line) {
        TimeLineDrawing drawing = new TimeLineDrawing(line, true);
        drawing.out.open("svg", "class", "axis", "aria-hidden", true);
        drawing.ticks(0, AXIS);
        return drawing.out.close().written();
    }

    static String marks(TimeLine line, String agreementId) {
        TimeLineDrawing drawing = new TimeLineDrawing(line, true);
        drawing.out.open("svg", "class", "marks");
        line.clusters().forEach(cluster -> drawing.linked(cluster, agreementId));
        return drawing.out.close().written();
    }

    static String lane(TimeLine line, Lane lane) {
        TimeLineDrawing drawing = new TimeLineDrawing(line, true);
        drawing.out.open("svg", "class", "lane", "role", "img", "aria-label", told(lane));
        lane.bars().forEach(bar -> drawing.bar(bar, ""));
        return drawing.out.close().written();
    }

    /** When any term of a topic turned, for as long as its lanes are folded away. */
    static String turns(TimeLine line, Topic topic) {
        TimeLineDrawing drawing = new TimeLineDrawing(line, true);
        drawing.out.open("svg", "class", "lane turns", "aria-hidden", true);
        for (LocalDate turn : topic.turns()) {
            drawing.out.empty(
                    "rect", "x", line.span().percent(turn), "y", 5, "width", 2, "height", 10);
        }
        return drawing.out.close().written();
    }

    /** What a lane shows, for who does not see it. */
    private static String told(Lane lane) {
        StringBuilder told = new StringBuilder(lane.key()).append(": ");
        int count = lane.bars().size();
        if (count > TOLD_VERSIONS_MAX) {
            return told.append(count)
                    .append(" versions, ")
                    .append(days(lane.bars().getFirst().version().heldFrom(), null))
                    .toString();
        }
        for (Bar bar : lane.bars()) {
            told.append(told.charAt(told.length() - 2) == ':' ? "" : "; ").append(days(bar));
        }
        return told.toString();
    }

    private static String days(Bar bar) {
        return days(bar.version().heldFrom(), bar.version().heldTo())
                + (bar.reported() ? ", only reported" : "")
                + (bar.toldOn() == null ? "" : ", told on " + bar.toldOn());
    }

    private static String days(LocalDate from, @Nullable LocalDate to) {
        return "from " + from + (to == null ? "" : " until " + to);
    }

    // ---- what both have in common

    private void ticks(int y, int height) {
        for (Span.Tick tick : line.span().ticks()) {
            String x = line.span().percent(tick.day());
            out.empty("line", "x1", x, "x2", x, "y1", y + 18, "y2", y + height);
            ink("stroke", "#b9b4a8");
            out.said("text", tick.words(), "x", x, "y", y + 13, "text-anchor", "middle");
        }
    }

    /** Only on a drawing that stands alone; pages say it in their styles. */
    private void ink(Object... attributes) {
        if (!onPage) {
            out.attributes(attributes);
        }
    }

    private void bar(Bar bar, String colour) {
        Version version = bar.version();
        LocalDate to = version.heldTo() == null ? line.span().last() : version.heldTo();
        out.open("g");
        out.said("title", said(bar));
        if (bar.toldOn() == null || !bar.toldOn().isBefore(to)) {
            rectangle(version.heldFrom(), to, bar.toldOn() != null, colour);
        } else {
            rectangle(version.heldFrom(), bar.toldOn(), true, colour);
            rectangle(bar.toldOn(), to, false, colour);
        }
        if (bar.reported()) {
            place(version.heldFrom(), to);
            out.attributes("class", "stripes", "fill", STRIPES);
        }
        out.close();
    }

    private void rectangle(LocalDate from, LocalDate to, boolean late, String colour) {
        place(from, to);
        if (late) {
            out.attributes(onPage ? "class" : "fill-opacity", onPage ? "late" : "0.35");
        }
        ink("fill", colour, "stroke", "#fff");
    }

    private void place(LocalDate from, LocalDate to) {
        double start = line.span().share(from);
        out.empty(
                "rect",
                "x",
                Span.percent(start),
                "y",
                (LANE - BAR) / 2,
                "width",
                Span.percent(line.span().share(to) - start),
                "height",
                BAR,
                "rx",
                2);
    }

    private static String said(Bar bar) {
        Version version = bar.version();
        return version.key()
                + ": "
                + cut(version.statement() == null ? "" : version.statement(), SAID_MAX)
                + " ("
                + days(bar)
                + ", entry "
                + version.setBy().sequence()
                + ")";
    }

    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    private void linked(Cluster cluster, String agreementId) {
        String entries = "/agreements/" + agreementId + "/entries/";
        out.open(
                "a",
                "href",
                cluster.isOne()
                        ? entries + cluster.entries().getFirst().sequence()
                        : "/audit?agreement=%s&occurredFrom=%s&occurredTo=%s"
                                .formatted(agreementId, cluster.first(), cluster.last()),
                "aria-label",
                said(cluster));
        mark(cluster);
        out.close();
    }

    private void mark(Cluster cluster) {
        EntryMark first = cluster.entries().getFirst();
        boolean reported =
                cluster.entries().stream().allMatch(entry -> entry.isReported(line.newest()));
        boolean withdrawn = cluster.entries().stream().allMatch(e -> isWithdrawn(e));
        String colour = EFFECTS.getOrDefault(cluster.effect(), "#5a626b");
        out.open(
                "svg",
                "x",
                line.span().percent(first.occurredOn()),
                "y",
                MARKS / 2,
                "overflow",
                "visible");
        if (onPage) {
            out.attributes(
                    "class",
                    "entry-mark effect-"
                            + cluster.effect()
                            + (reported || withdrawn ? " hollow" : ""));
        }
        out.said("title", said(cluster));
        out.empty("path", "d", cluster.isOne() ? SHAPES.get(first.kind()) : SEVERAL);
        ink(
                "fill",
                reported || withdrawn ? "#fff" : colour,
                "stroke",
                colour,
                "stroke-width",
                "1.5");
        if (!cluster.isOne()) {
            out.open("text", "y", 3.5, "text-anchor", "middle", "font-size", 10);
            ink("fill", reported || withdrawn ? colour : "#fff");
            out.text(String.valueOf(cluster.entries().size())).close();
        }
        if (cluster.entries().stream().anyMatch(entry -> entry.contradicted() > 0)) {
            out.empty("path", "d", "M8-10l-1 6h-2l-1-6ZM5-3h2v2h-2Z", "class", "alarm");
            ink("fill", "#a3221b");
        }
        out.close();
    }

    private boolean isWithdrawn(EntryMark entry) {
        return entry.withdrawnBy() > 0 && entry.withdrawnBy() <= line.newest();
    }

    private static String said(Cluster cluster) {
        if (!cluster.isOne()) {
            return "%d entries, %s to %s, terms %s"
                    .formatted(
                            cluster.entries().size(),
                            cluster.first(),
                            cluster.last(),
                            cluster.effect());
        }
        EntryMark entry = cluster.entries().getFirst();
        return "%s, %s: %s (%s, terms %s%s)"
                .formatted(
                        entry.occurredOn(),
                        entry.kind(),
                        cut(entry.title(), SAID_MAX),
                        entry.standing().isEmpty() ? "revision" : entry.standing(),
                        entry.effect(),
                        entry.contradicted() > 0 ? ", a claim contradicted" : "");
    }

    // ---- a picture of its own

    private static final int WIDTH = 1200;
    private static final int MARGIN = 24;
    private static final int LABELS = 250;
    private static final int TRACK = WIDTH - LABELS - 2 * MARGIN;
    private static final int HEAD = 78;
    private static final int TOPIC = 26;
    private static final int FOOT = 34;
    private static final int LABEL_LETTERS = 36;

    /**
     * @param foot the last line, which says what it is a picture of
     * @param validOn the day that a line marks
     */
    static String picture(
            TimeLine line, String title, String message, String foot, LocalDate validOn) {
        TimeLineDrawing drawing = new TimeLineDrawing(line, false);
        drawing.all(title, message, foot, validOn);
        return drawing.out.written();
    }

    private void all(String title, String message, String foot, LocalDate validOn) {
        int lanes = HEAD + AXIS + MARKS;
        int height = lanes + line.topics().size() * TOPIC + line.lanes() * LANE + FOOT;
        out.document(
                "width",
                WIDTH,
                "height",
                height,
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "role",
                "img",
                "font-family",
                "system-ui,Segoe UI,Roboto,Noto Sans,sans-serif",
                "font-size",
                12,
                "fill",
                "#1c2024");
        out.said("title", title + ": " + message);
        stripes();
        out.empty("rect", "width", WIDTH, "height", height, "fill", "#fbfaf7");
        out.said(
                "text",
                cut(title, 70),
                "x",
                MARGIN,
                "y",
                36,
                "font-family",
                "Georgia,Noto Serif,serif",
                "font-size",
                24);
        out.said("text", message, "x", MARGIN, "y", 60, "font-size", 14, "fill", "#1f5f5b");
        track(HEAD, height - HEAD - FOOT + 6);
        ticks(0, AXIS);
        out.close();
        label("Entries", HEAD + AXIS + 20, "#5a626b");
        track(HEAD + AXIS, MARKS);
        line.clusters().forEach(this::mark);
        out.close();
        int y = lanes;
        for (Topic topic : line.topics()) {
            String colour = TOPICS.get(topic.colour());
            out.said(
                    "text",
                    cut(topic.name(), LABEL_LETTERS),
                    "x",
                    MARGIN,
                    "y",
                    y + 18,
                    "font-weight",
                    600,
                    "fill",
                    colour);
            y += TOPIC;
            for (Lane lane : topic.lanes()) {
                label(cut(lane.key(), LABEL_LETTERS), y + 14, "#1c2024");
                track(y, LANE);
                lane.bars().forEach(bar -> bar(bar, colour));
                out.close();
                y += LANE;
            }
        }
        track(HEAD + AXIS, y - HEAD - AXIS);
        String x = line.span().percent(validOn);
        out.empty(
                "line",
                "x1",
                x,
                "x2",
                x,
                "y1",
                0,
                "y2",
                "100%",
                "stroke",
                "#1c2024",
                "stroke-width",
                1.5);
        out.close();
        out.said("text", foot, "x", MARGIN, "y", height - 14, "font-size", 11, "fill", "#5a626b");
        out.close();
    }

    private void stripes() {
        out.open("defs")
                .open(
                        "pattern",
                        "id",
                        "stripes",
                        "width",
                        6,
                        "height",
                        6,
                        "patternUnits",
                        "userSpaceOnUse",
                        "patternTransform",
                        "rotate(45)");
        out.empty("rect", "width", 3, "height", 6, "fill", "#fbfaf7").close().close();
    }

    private void track(int y, int height) {
        out.open("svg", "x", MARGIN + LABELS, "y", y, "width", TRACK, "height", height);
    }

    private void label(String words, int y, String colour) {
        out.said("text", words, "x", MARGIN, "y", y, "fill", colour);
    }
}
