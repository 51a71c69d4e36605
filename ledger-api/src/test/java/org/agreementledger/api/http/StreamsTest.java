package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.api.csv.AgreementColumns;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.mock.http.MockHttpOutputMessage;

@Timeout(60)
class StreamsTest {

    private static final int TAKEN = 1_000_000;

    /** A reader that goes away after a million bytes. */
    private static final class GoneHalfway implements HttpOutputMessage {

        private final HttpHeaders headers = new HttpHeaders();
        private boolean begun;

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getBody() {
            begun = true;
            return new OutputStream() {
                private int taken;

                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    taken += length;
                    if (taken > TAKEN) {
                        throw new IOException("the reader is gone");
                    }
                }
            };
        }
    }

    private static AgreementSummary summary(int number) {
        return new AgreementSummary(
                "agreement-" + number,
                "Title",
                List.of(),
                "in-force",
                1,
                0,
                null,
                new EntryLink(1, number, "opening", "2024-01-01", "Title"),
                0,
                0);
    }

    static Stream<HttpMessageConverter<?>> writers() {
        return Stream.of(new NdjsonWriter(AnswerJson.MAPPER), new CsvWriter());
    }

    private static Object body(
            HttpMessageConverter<Object> writer, Iterable<AgreementSummary> items) {
        return writer.canWrite(Rows.class, null)
                ? new Rows<>(AgreementColumns.ALL, items)
                : new Items<>(items);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void a_reader_who_goes_away_ends_the_reading(HttpMessageConverter<Object> writer) {
        AtomicInteger read = new AtomicInteger();
        Iterable<AgreementSummary> endless =
                () ->
                        IntStream.iterate(0, n -> n + 1)
                                .peek(read::set)
                                .mapToObj(StreamsTest::summary)
                                .iterator();

        assertThatIOException()
                .isThrownBy(() -> writer.write(body(writer, endless), null, new GoneHalfway()))
                .withMessage("the reader is gone");
        assertThat(read).hasValueLessThan(TAKEN / 10);
    }

    @Test
    void an_empty_list_is_an_empty_body() throws IOException {
        MockHttpOutputMessage message = new MockHttpOutputMessage();
        new NdjsonWriter(AnswerJson.MAPPER).write(new Items<>(List.of()), null, message);
        assertThat(message.getBodyAsBytes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void what_fails_at_once_fails_before_the_answer_begins(HttpMessageConverter<Object> writer) {
        Iterable<AgreementSummary> failing =
                () -> {
                    throw new IllegalStateException("no database");
                };
        GoneHalfway message = new GoneHalfway();

        assertThatIllegalStateException()
                .isThrownBy(() -> writer.write(body(writer, failing), null, message))
                .withMessage("no database");
        assertThat(message.begun).isFalse();
    }
}
