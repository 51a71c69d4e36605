package org.agreementledger.readmodels;

import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.log.Log;
import org.agreementledger.log.Logged;
import org.agreementledger.readmodels.ReadModel.Step;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Carries read models on along the log, in the order of positions; one caller at a time. */
public final class ModelWriter {

    private final JdbcClient jdbc;
    private final Log log;
    private final List<ReadModel> models;
    private final AgreementFolds folds;

    /**
     * @param jdbc where the models are
     */
    public ModelWriter(JdbcClient jdbc, Log log, List<ReadModel> models) {
        this.jdbc = jdbc;
        this.log = log;
        this.models = models;
        this.folds = new AgreementFolds(jdbc);
    }

    /** The last position that they hold; -1 before the first. */
    public long position() {
        return jdbc.sql("select position from read_model where name = 'all'")
                .query(Long.class)
                .single();
    }

    /**
     * Takes at most so many entries after that position, within the caller's transaction. An
     * earlier step may have been given up half way.
     *
     * @return how many there were
     */
    public int step(long position, int atMost) {
        models.forEach(ReadModel::discard);
        List<Logged> batch = log.read(position, atMost);
        for (Logged logged : batch) {
            apply(logged);
        }
        if (!batch.isEmpty()) {
            models.forEach(ReadModel::flush);
            setPosition(batch.getLast().log().position());
        }
        return batch.size();
    }

    private void apply(Logged logged) {
        AgreementId agreementId = logged.log().agreementId();
        AgreementFold before = before(agreementId, logged.log().sequence());
        AgreementFold after = before.with(logged.event().entry(), logged.log().position());
        Step step = new Step(logged.log(), logged.event(), before, after);
        models.forEach(model -> model.apply(step));
        folds.put(agreementId, after);
    }

    /** Another node may have moved the read models since this one saw the agreement. */
    private AgreementFold before(AgreementId agreementId, int sequence) {
        AgreementFold before = folds.newest(agreementId);
        if (before.history().size() < sequence - 1) {
            models.forEach(ReadModel::flush);
            before = folds.at(agreementId, Long.MAX_VALUE);
        }
        before.requireNext(agreementId, sequence);
        return before;
    }

    /** Says of tables just filled what they hold, and which rebuild filled them. */
    public void startAt(long position, long generation) {
        jdbc.sql(
                        """
                        update read_model
                        set position = :position, generation = :generation
                        where name = 'all'
                        """)
                .param("position", position)
                .param("generation", generation)
                .update();
    }

    private void setPosition(long position) {
        jdbc.sql("update read_model set position = :position where name = 'all'")
                .param("position", position)
                .update();
    }

    /** What is kept of the agreements is not so any more, or was never stored. */
    public void forget() {
        folds.clear();
    }
}
