package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HoldingServerTest {

    @Test
    void one_that_stops_in_the_middle_of_its_answer_is_given_up() throws Exception {
        byte[] half = "{\"all\": \"that".getBytes();
        try (StallingServer stalling = new StallingServer(half, 2 * half.length)) {
            HoldingServer server = new HoldingServer(stalling.note(), Duration.ofSeconds(1));
            ByteArrayOutputStream came = new ByteArrayOutputStream();

            assertThatThrownBy(() -> server.download("v1/backup", came))
                    .isInstanceOf(Failure.class)
                    .hasMessage(
                            "The server at %s broke off: nothing more came for 1 second, so it was given up."
                                    .formatted(stalling.note().address()));
            assertThat(came.toByteArray()).isEqualTo(half);

            assertThatThrownBy(() -> server.ask("GET", "v1/rebuild", BodyPublishers.noBody()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("does not answer: nothing more came for 1 second");
        }
    }
}
