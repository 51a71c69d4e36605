package org.agreementledger.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.agreementledger.axon.Durability;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far each receiver was told, by which attempts, and what was given up. Of several nodes one
 * tells a receiver at a time: it holds a lease on its row, and what it says of its progress counts
 * only while it does.
 */
public final class Deliveries {

    /** Of each receiver, the newest. */
    public static final int ATTEMPTS_KEPT = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Durability durability;
    private final String node;

    /**
     * @param node names the holder of a lease; the same again for a database that only one process
     *     opens, so that it need not wait for what it held when it was killed
     */
    public Deliveries(
            JdbcClient jdbc, TransactionTemplate transaction, Durability durability, String node) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.durability = durability;
        this.node = node;
    }

    /** Those that there may be something for, and that no other node is telling. */
    List<UUID> due(long newest, Instant now) {
        return jdbc.sql(
                        """
                        select w.id
                        from webhook w
                        where w.enabled
                          and (w.lease_owner = :node or w.lease_until <= current_timestamp)
                          and (w.position < :newest and w.next_attempt_at <= :now
                            or exists (
                              select 1
                              from webhook_dead_letter d
                              where d.webhook_id = w.id and d.replay))
                        """)
                .param("now", Webhooks.timestamp(now))
                .param("node", node)
                .param("newest", newest)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * Takes or renews the lease, for a minute: longer than an attempt takes. Empty where another
     * node has it, or the receiver is disabled or gone.
     */
    Optional<Webhook> claim(UUID id) {
        int claimed =
                jdbc.sql(
                                """
                                update webhook
                                set lease_owner = :node,
                                  lease_until = current_timestamp + interval '60' second
                                where id = :id
                                  and enabled
                                  and (lease_owner = :node or lease_until <= current_timestamp)
                                """)
                        .param("id", id)
                        .param("node", node)
                        .update();
        return claimed == 0
                ? Optional.empty()
                : jdbc.sql(Webhooks.SELECT + "where w.id = :id")
                        .param("id", id)
                        .query(Webhooks::webhook)
                        .optional();
    }

    void release(UUID id) {
        jdbc.sql(
                        """
                        update webhook
                        set lease_owner = '', lease_until = :past
                        where id = :id and lease_owner = :node
                        """)
                .param("id", id)
                .param("node", node)
                .param("past", Webhooks.timestamp(Instant.EPOCH))
                .update();
    }

    /** There is nothing for it up to there. */
    void pass(Webhook webhook, long position) {
        jdbc.sql(
                        """
                        update webhook
                        set position = :position
                        where id = :id and lease_owner = :node and position = :before
                        """)
                .param("id", webhook.id())
                .param("node", node)
                .param("before", webhook.position())
                .param("position", position)
                .update();
    }

    /** Stores what came of an attempt at an entry, and how far the receiver is by that. */
    void settle(Webhook webhook, Attempt attempt, Progress progress) {
        transaction.executeWithoutResult(_ -> {
            if (move(webhook, progress) && progress.dead() != null) {
                bury(
                        webhook.id(),
                        new DeadLetter(
                                progress.position(),
                                webhook.failures() + 1,
                                attempt.attemptedAt(),
                                progress.dead(),
                                false));
            }
            log(webhook.id(), attempt);
        });
    }

    /** False when somebody else has the lease by now, or has changed the filter. */
    private boolean move(Webhook webhook, Progress progress) {
        int moved =
                jdbc.sql(
                                """
                                update webhook
                                set position = :position, failures = :failures,
                                  next_attempt_at = :nextAttemptAt, dead_in_a_row = :deadInARow
                                where id = :id and lease_owner = :node and position = :before
                                """)
                        .param("id", webhook.id())
                        .param("node", node)
                        .param("before", webhook.position())
                        .param("position", progress.position())
                        .param("failures", progress.failures())
                        .param("nextAttemptAt", Webhooks.timestamp(progress.nextAttemptAt()))
                        .param("deadInARow", progress.deadInARow())
                        .update();
        if (moved > 0 && progress.disabled() != null) {
            Webhooks.disable(jdbc, webhook.id(), progress.disabled());
        }
        return moved > 0;
    }

    private void bury(UUID id, DeadLetter letter) {
        jdbc.sql(
                        """
                        insert into webhook_dead_letter (webhook_id, position, attempts, died_at, failure, replay)
                        values (:id, :position, :attempts, :diedAt, :failure, false)
                        """)
                .param("id", id)
                .param("position", letter.position())
                .param("attempts", letter.attempts())
                .param("diedAt", Webhooks.timestamp(letter.diedAt()))
                .param("failure", letter.failure())
                .update();
    }

    /** Stores what came of an attempt, for those who look; a receiver that is gone has none. */
    Attempt log(UUID id, Attempt attempt) {
        return transaction.execute(_ -> {
            jdbc.sql("update webhook set attempts = attempts + 1 where id = :id")
                    .param("id", id)
                    .update();
            return jdbc.sql("select attempts from webhook where id = :id")
                    .param("id", id)
                    .query(Long.class)
                    .optional()
                    .map(number -> log(id, attempt, number))
                    .orElse(attempt);
        });
    }

    private Attempt log(UUID id, Attempt attempt, long number) {
        jdbc.sql(
                        """
                        insert into webhook_attempt (webhook_id, number, message_id, position,
                          attempted_at, took_millis, status, failure)
                        values (:id, :number, :messageId, :position,
                          :attemptedAt, :tookMillis, :status, :failure)
                        """)
                .param("id", id)
                .param("number", number)
                .param("messageId", attempt.messageId())
                .param("position", attempt.position() == null ? -1 : attempt.position())
                .param("attemptedAt", Webhooks.timestamp(attempt.attemptedAt()))
                .param("tookMillis", attempt.tookMillis())
                .param("status", attempt.status() == null ? 0 : attempt.status())
                .param("failure", Webhooks.orEmpty(attempt.failure()))
                .update();
        jdbc.sql("delete from webhook_attempt where webhook_id = :id and number <= :old")
                .param("id", id)
                .param("old", number - ATTEMPTS_KEPT)
                .update();
        return attempt.numbered(number);
    }

    /** The newest first. */
    public List<Attempt> attempts(UUID id) {
        return jdbc.sql(
                        """
                        select *
                        from webhook_attempt
                        where webhook_id = :id
                        order by webhook_id desc, number desc
                        """)
                .param("id", id)
                .query(Deliveries::attempt)
                .list();
    }

    private static Attempt attempt(ResultSet row, int number) throws SQLException {
        long position = row.getLong("position");
        int status = row.getInt("status");
        return new Attempt(
                row.getLong("number"),
                row.getString("message_id"),
                position < 0 ? null : position,
                Webhooks.instant(row, "attempted_at"),
                row.getLong("took_millis"),
                status == 0 ? null : status,
                Webhooks.orNull(row.getString("failure")));
    }

    // ---- dead letters

    /** Those after that position, ascending. */
    public List<DeadLetter> deadLetters(UUID id, long after, int atMost) {
        return jdbc.sql(
                        """
                        select *
                        from webhook_dead_letter
                        where webhook_id = :id and position > :after
                        order by position
                        fetch first :atMost rows only
                        """)
                .param("id", id)
                .param("after", after)
                .param("atMost", atMost)
                .query(Deliveries::deadLetter)
                .list();
    }

    private static DeadLetter deadLetter(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getLong("position"),
                row.getInt("attempts"),
                Webhooks.instant(row, "died_at"),
                row.getString("failure"),
                row.getBoolean("replay"));
    }

    /** They are sent once more, at once and before what is due; returns how many. */
    public int replayAll(UUID id) {
        return replay(id, 0, Long.MAX_VALUE);
    }

    /** The same for one; false where it is not there. */
    public boolean replay(UUID id, long position) {
        return replay(id, position, position) > 0;
    }

    private int replay(UUID id, long from, long to) {
        int letters =
                jdbc.sql(
                                """
                                update webhook_dead_letter
                                set replay = true
                                where webhook_id = :id and position between :from and :to
                                """)
                        .param("id", id)
                        .param("from", from)
                        .param("to", to)
                        .update();
        durability.await();
        return letters;
    }

    OptionalLong nextToReplay(UUID id) {
        return jdbc.sql(
                        """
                        select min(position)
                        from webhook_dead_letter
                        where webhook_id = :id and replay
                        """)
                .param("id", id)
                .query((row, _) -> {
                    long position = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
                })
                .single();
    }

    /**
     * Stores what came of sending a dead letter again. Acknowledged, it is dead no more; else all
     * that were to follow stay dead with it, as they would most likely fail alike.
     */
    void settleReplay(Webhook webhook, Attempt attempt, Progress progress) {
        transaction.executeWithoutResult(_ -> {
            move(webhook, progress);
            if (attempt.failure() == null) {
                jdbc.sql(
                                """
                                delete from webhook_dead_letter
                                where webhook_id = :id and position = :position
                                """)
                        .param("id", webhook.id())
                        .param("position", attempt.position())
                        .update();
            } else {
                jdbc.sql(
                                """
                                update webhook_dead_letter
                                set attempts = attempts + 1, died_at = :diedAt, failure = :failure
                                where webhook_id = :id and position = :position
                                """)
                        .param("id", webhook.id())
                        .param("position", attempt.position())
                        .param("diedAt", Webhooks.timestamp(attempt.attemptedAt()))
                        .param("failure", attempt.failure())
                        .update();
                jdbc.sql("update webhook_dead_letter set replay = false where webhook_id = :id")
                        .param("id", webhook.id())
                        .update();
            }
            log(webhook.id(), attempt);
        });
    }
}
