package org.agreementledger.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees, letter by letter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenOutputTest {

    private static final String CLAIM =
            """
            kind: announcement
            agreementId: microsoft-openai
            occurredOn: 2026-11-20
            title: A claim to be checked
            speakers: [{id: microsoft, name: Microsoft}]
            terms:
              - action: reaffirm
                key: revenue_share.openai_to_microsoft
                since: 2026-04-27
                quote: Revenue share payments from OpenAI to Microsoft continue through 2032, at the same percentage but subject to a total cap.
              - {action: reaffirm, key: cloud.api.exclusivity, since: 2025-10-28, statement: Azure stays exclusive for APIs.}
              - {action: reaffirm, key: board.seat, statement: Microsoft has a seat on the board.}
              - {action: reaffirm, key: ip.license.term}
            """;

    private Path data;

    @BeforeAll
    void load(@TempDir Path data) {
        this.data = data;
        shell().run("terms", "microsoft-openai", "--demo").isFine();
    }

    private Shell shell() {
        return new Shell(data);
    }

    static Stream<Arguments> reads() {
        return Stream.of(
                read(
                        "constancy-unchanged",
                        "constancy microsoft-openai --from 2025-10-28 --to 2026-04-26"),
                read(
                        "constancy-changed",
                        "constancy microsoft-openai --from 2025-10-28 --to 2026-04-27"),
                read(
                        "constancy-long",
                        "constancy microsoft-openai --from 2019-07-22 --to 2026-11-22 --standing all"),
                read("diff", "diff microsoft-openai --from 2026-04-26 --to 2026-04-27"),
                read(
                        "diff-corrected",
                        "diff microsoft-openai --from 2026-04-27 --to 2026-04-27 --from-known-at @27 --standing all"),
                read("diff-equal", "diff microsoft-openai --from 2025-10-28 --to 2025-10-29"),
                read("terms", "terms microsoft-openai --valid-on 2026-04-26"),
                read("term", "terms microsoft-openai cloud.api.exclusivity --valid-on 2026-04-26"),
                read(
                        "term-retired",
                        "terms microsoft-openai cloud.api.exclusivity --valid-on 2026-04-27"),
                read("history", "history microsoft-openai investment.commitment"),
                read(
                        "entries",
                        "entries microsoft-openai --occurred-from 2026-02-27 --occurred-to 2026-04-27"),
                read("entries-all-agreements", "entries --verdict reworded"),
                read("entries-search", "entries --q stateless --category exclusivity"),
                read("agreements", "agreements"),
                read("replay-check", "replay --check"));
    }

    private static Arguments read(String name, String line) {
        return Arguments.of(name, line);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    void a_person_reads_the_same_as_ever(String name, String line) throws IOException {
        Golden.assertSame(name, shell().run(line.split(" ")).out());
    }

    @Test
    void a_narrow_terminal_wraps_sooner() throws IOException {
        Golden.assertSame(
                "constancy-narrow",
                shell().with("COLUMNS", "60")
                        .run(
                                "constancy",
                                "microsoft-openai",
                                "--from",
                                "2025-10-28",
                                "--to",
                                "2026-04-27")
                        .out());
    }

    @Test
    void a_terminal_shows_the_words_that_were_looked_for() throws IOException {
        Golden.assertSame(
                "entries-search-colours",
                shell().with("LEDGER_TERMINAL", "out")
                        .run("entries", "--q", "\"right of first refusal\" OR agi -cloud")
                        .out()
                        .replace('\u001b', '␛'));
    }

    @Test
    void a_terminal_shows_colours() throws IOException {
        Golden.assertSame(
                "constancy-colours",
                shell().with("LEDGER_TERMINAL", "out")
                        .run(
                                "constancy",
                                "microsoft-openai",
                                "--from",
                                "2025-10-28",
                                "--to",
                                "2026-04-27")
                        .out()
                        .replace('\u001b', '␛'));
    }

    @Test
    void no_color_is_respected_on_a_terminal() throws IOException {
        Golden.assertSame(
                "constancy-changed",
                shell().with("LEDGER_TERMINAL", "out")
                        .with("NO_COLOR", "1")
                        .run(
                                "constancy",
                                "microsoft-openai",
                                "--from",
                                "2025-10-28",
                                "--to",
                                "2026-04-27")
                        .out());
    }

    @Test
    void a_copy_says_how_far_it_goes(@TempDir Path folder) throws IOException {
        String copy = folder.resolve("then").toString();

        Golden.assertSame(
                "replay-out",
                shell().run("replay", "--known-at", "@16", "--out", copy).isFine().out());
        Golden.assertSame(
                "replay-out-agreements", new Shell(Path.of(copy)).run("agreements").out());
    }

    @Test
    void a_dry_run_shows_what_it_would_find() throws IOException {
        Golden.assertSame(
                "record-dry-run", shell().type(CLAIM, "record", "--dry-run").isFine().out());
    }
}
