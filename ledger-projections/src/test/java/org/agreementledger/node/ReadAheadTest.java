package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class ReadAheadTest extends OnBothDatabases {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");

    @Test
    void what_was_read_ahead_is_answered_without_reading_its_rows() {
        Moment now = recorded();
        AgreementTerms ahead = node.terms().readAnew();
        AgreementTerms cold = node.terms().readAnew();
        Optional<TermsAnswer> expected = asked(node.terms(), "alpha", now);

        ahead.readAhead(View.CONFIRMED, now, () -> true);

        node.database()
                .jdbc()
                .sql("alter table " + database.models() + ".term_version rename to hidden")
                .update();
        try {
            assertThat(asked(ahead, "alpha", now)).isPresent().isEqualTo(expected);
            assertThat(asked(ahead, "beta", now)).isPresent();
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> asked(cold, "alpha", now));
        } finally {
            node.database()
                    .jdbc()
                    .sql("alter table " + database.models() + ".hidden rename to term_version")
                    .update();
        }
    }

    @Test
    void what_was_written_last_is_read_first_until_nobody_wants_more() {
        Moment now = recorded();
        AgreementTerms ahead = node.terms().readAnew();
        List<Boolean> asked = new ArrayList<>(List.of(true, false));

        ahead.readAhead(View.CONFIRMED, now, asked::removeFirst);

        node.database()
                .jdbc()
                .sql("alter table " + database.models() + ".term_version rename to hidden")
                .update();
        try {
            assertThat(asked(ahead, "alpha", now)).isPresent();
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> asked(ahead, "beta", now));
        } finally {
            node.database()
                    .jdbc()
                    .sql("alter table " + database.models() + ".hidden rename to term_version")
                    .update();
        }
    }

    private Moment recorded() {
        node.readModels()
                .await(
                        node.ledger()
                                .recordAll(
                                        List.of(
                                                opening("alpha"),
                                                opening("beta"),
                                                announcement("alpha", "The last word"))),
                        Duration.ofMinutes(1));
        return node.readModels().resolve(new KnownAt.Now());
    }

    private static Optional<TermsAnswer> asked(AgreementTerms terms, String id, Moment knownAt) {
        return terms.asOf(new AgreementId(id), DAY, knownAt, View.CONFIRMED);
    }
}
