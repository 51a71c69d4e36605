package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void lines_break_at_blanks_and_never_exceed_the_width() {
        assertThat(Text.of("the terms stayed as they were").wrap(12))
                .extracting(Text::toString)
                .containsExactly("the terms", "stayed as", "they were");
    }

    @Test
    void a_word_longer_than_the_width_is_broken() {
        assertThat(Text.of("a sha256:0123456789").wrap(8))
                .extracting(Text::toString)
                .containsExactly("a", "sha256:0", "12345678", "9");
    }

    @Test
    void a_line_that_just_fits_is_not_broken() {
        assertThat(Text.of("1234 678").wrap(8)).hasSize(1);
        assertThat(Text.of("1234 678 9").wrap(8))
                .extracting(Text::toString)
                .containsExactly("1234 678", "9");
    }

    @Test
    void wide_letters_count_twice_and_combining_ones_not() {
        assertThat(Text.of("協定").width()).isEqualTo(4);
        assertThat(Text.of("e\u0301").width()).isEqualTo(1);
    }

    @Test
    void recorded_words_cannot_steer_the_terminal() {
        assertThat(Text.of("a\u001b[2Jb\rc\nd\u202ee").toString()).isEqualTo("a [2Jb c d e");
    }

    @Test
    void colours_are_kept_where_a_line_breaks() {
        Text text = Text.of("not ").plus("changed at all", Style.GOOD);

        assertThat(text.wrap(11))
                .extracting(line -> line.render(true))
                .containsExactly("not \u001b[32mchanged\u001b[0m", "\u001b[32mat all\u001b[0m");
    }

    @Test
    void a_table_gives_its_last_column_what_is_left() {
        StringWriter out = new StringWriter();
        Table table = new Table("KEY", "STATEMENT");
        table.row(Text.of("a.b"), Text.of("one two three four five six seven eight nine ten"));
        table.print(new Page(new PrintWriter(out), 40, false));

        assertThat(out.toString().lines())
                .containsExactlyElementsOf(
                        List.of(
                                "  KEY  STATEMENT",
                                "  a.b  one two three four five six seven",
                                "       eight nine ten"));
    }
}
