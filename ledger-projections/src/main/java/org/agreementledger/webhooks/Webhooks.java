package org.agreementledger.webhooks;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Durability;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is told of which entries. What a method has changed is on the disk when it returns. */
public final class Webhooks {

    /** Each may have a thread and a connection of its own. */
    public static final int COUNT_MAX = 100;

    static final String SELECT =
            """
            select w.*, (select count(*) from webhook_dead_letter d where d.webhook_id = w.id) dead_letters
            from webhook w
            """;

    private final JdbcClient jdbc;
    private final Durability durability;

    public Webhooks(JdbcClient jdbc, Durability durability) {
        this.jdbc = jdbc;
        this.durability = durability;
    }

    /** In the order in which they came. */
    public List<Webhook> all() {
        return jdbc.sql(SELECT + "order by w.created_at, w.id").query(Webhooks::webhook).list();
    }

    public Optional<Webhook> find(UUID id) {
        return jdbc.sql(SELECT + "where w.id = :id")
                .param("id", id)
                .query(Webhooks::webhook)
                .optional();
    }

    /**
     * With a new secret; empty when there are {@link #COUNT_MAX} already.
     *
     * @param after it is told of entries from the next position on
     * @param disabledBecause null for one that is enabled
     */
    public Optional<Webhook> add(
            URI url,
            WebhookFilter filter,
            long after,
            @Nullable String disabledBecause,
            Actor by,
            Instant now) {
        UUID id = UUID.randomUUID();
        int added =
                jdbc.sql(
                                """
                                insert into webhook (id, url, agreement_id, kind, effect, verdict,
                                  created_at, created_by, created_by_issuer,
                                  enabled, disabled_because,
                                  secret, former_secret, former_secret_until,
                                  position, failures, next_attempt_at, dead_in_a_row, attempts,
                                  lease_owner, lease_until)
                                select :id, :url, :agreement, :kind, :effect, :verdict,
                                  :now, :by, :issuer,
                                  :enabled, :because,
                                  :secret, '', :past,
                                  :position, 0, :past, 0, 0,
                                  '', :past
                                where (select count(*) from webhook) < :countMax
                                """)
                        .param("id", id)
                        .param("url", url.toString())
                        .param("agreement", orEmpty(filter.agreement()))
                        .param("kind", orEmpty(filter.kind()))
                        .param("effect", orEmpty(filter.effect()))
                        .param("verdict", orEmpty(filter.verdict()))
                        .param("now", timestamp(now))
                        .param("by", by.id())
                        .param("issuer", by.issuer())
                        .param("enabled", disabledBecause == null)
                        .param("because", orEmpty(disabledBecause))
                        .param("secret", Secret.random().text())
                        .param("past", timestamp(Instant.EPOCH))
                        .param("position", after)
                        .param("countMax", COUNT_MAX)
                        .update();
        durability.await();
        return added == 0 ? Optional.empty() : find(id);
    }

    public void readdress(UUID id, URI url) {
        jdbc.sql("update webhook set url = :url where id = :id")
                .param("id", id)
                .param("url", url.toString())
                .update();
        durability.await();
    }

    /**
     * It holds for all entries after its position. Whoever delivers has to look anew: what it is
     * about to say of its progress was true of the old filter.
     */
    public void filter(UUID id, WebhookFilter filter) {
        jdbc.sql(
                        """
                        update webhook
                        set agreement_id = :agreement, kind = :kind, effect = :effect,
                          verdict = :verdict, failures = 0, next_attempt_at = :past,
                          lease_owner = '', lease_until = :past
                        where id = :id
                        """)
                .param("id", id)
                .param("agreement", orEmpty(filter.agreement()))
                .param("kind", orEmpty(filter.kind()))
                .param("effect", orEmpty(filter.effect()))
                .param("verdict", orEmpty(filter.verdict()))
                .param("past", timestamp(Instant.EPOCH))
                .update();
        durability.await();
    }

    /** It goes on where it stopped, at once and with all its attempts. */
    public void enable(UUID id) {
        jdbc.sql(
                        """
                        update webhook
                        set enabled = true, disabled_because = '', failures = 0, dead_in_a_row = 0,
                          next_attempt_at = :past
                        where id = :id
                        """)
                .param("id", id)
                .param("past", timestamp(Instant.EPOCH))
                .update();
        durability.await();
    }

    public void disable(UUID id, String because) {
        disable(jdbc, id, because);
        durability.await();
    }

    static void disable(JdbcClient jdbc, UUID id, String because) {
        jdbc.sql(
                        """
                        update webhook
                        set enabled = false, disabled_because = :because
                        where id = :id
                        """)
                .param("id", id)
                .param("because", because)
                .update();
    }

    /**
     * Gives it a new secret. The one it has lapses after a while, an older one at once.
     *
     * @param grace for how long the present one holds too
     */
    public Optional<Webhook> rotate(UUID id, Duration grace, Instant now) {
        jdbc.sql(
                        """
                        update webhook
                        set former_secret = secret, former_secret_until = :until, secret = :secret
                        where id = :id
                        """)
                .param("id", id)
                .param("until", timestamp(now.plus(grace)))
                .param("secret", Secret.random().text())
                .update();
        durability.await();
        return find(id);
    }

    /** With its attempts and dead letters; false where there is none. */
    public boolean remove(UUID id) {
        boolean removed =
                jdbc.sql("delete from webhook where id = :id").param("id", id).update() > 0;
        durability.await();
        return removed;
    }

    static Webhook webhook(ResultSet row, int number) throws SQLException {
        String former = row.getString("former_secret");
        return new Webhook(
                row.getObject("id", UUID.class),
                URI.create(row.getString("url")),
                new WebhookFilter(
                        orNull(row.getString("agreement_id")),
                        orNull(row.getString("kind")),
                        orNull(row.getString("effect")),
                        orNull(row.getString("verdict"))),
                instant(row, "created_at"),
                new Actor(row.getString("created_by"), row.getString("created_by_issuer")),
                row.getBoolean("enabled") ? null : row.getString("disabled_because"),
                new Secrets(
                        Secret.parse(row.getString("secret")),
                        former.isEmpty() ? null : Secret.parse(former),
                        instant(row, "former_secret_until")),
                row.getLong("position"),
                row.getInt("failures"),
                instant(row, "next_attempt_at"),
                row.getInt("dead_in_a_row"),
                row.getInt("dead_letters"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
