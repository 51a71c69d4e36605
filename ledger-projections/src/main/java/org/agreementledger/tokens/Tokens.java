package org.agreementledger.tokens;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.time.Validity;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tokens of a ledger. What a method has changed is on the disk when it returns. */
public final class Tokens {

    /** Told where a token is made, and nowhere again. */
    public record New(Token token, TokenText text) {}

    /** Some token has or had that name. */
    public static final class NameTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NameTaken(String name) {
            super(
                    "There is or was a token named "
                            + name
                            + "; entries are recorded under the name, so that it is given once. Choose another, like "
                            + name
                            + "-2");
        }
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");
    private static final OffsetDateTime NEVER =
            Validity.FOREVER.atStartOfDay().atOffset(ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final Durability durability;
    private final Supplier<Optional<VerifierKey>> key;
    private final @Nullable String readOnly;

    /**
     * @param key with which the log is signed; empty before anything was
     * @param readOnly why none can be made or revoked here; null where they can
     */
    public Tokens(
            JdbcClient jdbc,
            Durability durability,
            Supplier<Optional<VerifierKey>> key,
            @Nullable String readOnly) {
        this.jdbc = jdbc;
        this.durability = durability;
        this.key = key;
        this.readOnly = readOnly;
    }

    /**
     * @throws IllegalArgumentException for a name that cannot be
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is no name of a token: 1 to 64 letters, digits, and . _ @ + - after the first");
        }
        return name;
    }

    /** What this ledger is called in its tokens. */
    public String ledger() {
        return TokenText.ledger(
                key.get()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "this ledger has signed nothing yet, and so has no name to put into a token")));
    }

    /**
     * @param expiresAt null for never
     * @throws IllegalArgumentException for a name that cannot be
     * @throws NameTaken when another has or had it
     * @throws ReadOnly in a replica
     */
    public New add(String name, Role role, @Nullable Instant expiresAt, Actor by, Instant now) {
        requireName(name);
        requireWritable();
        TokenText text = TokenText.random(ledger());
        try {
            jdbc.sql(
                            """
                            insert into access_token (name, role, sha256,
                              created_at, created_by, created_by_issuer, expires_at, revoked_at)
                            values (:name, :role, :sha256,
                              :now, :by, :issuer, :expiresAt, :never)
                            """)
                    .param("name", name)
                    .param("role", role.slug())
                    .param("sha256", text.sha256())
                    .param("now", timestamp(now))
                    .param("by", by.id())
                    .param("issuer", by.issuer())
                    .param("expiresAt", expiresAt == null ? NEVER : timestamp(expiresAt))
                    .param("never", NEVER)
                    .update();
        } catch (DuplicateKeyException _) {
            throw new NameTaken(name);
        }
        durability.await();
        return new New(named(name).orElseThrow(), text);
    }

    /** Whatever has become of it; empty where it was never made. */
    public Optional<Token> find(TokenText text) {
        return jdbc.sql("select * from access_token where sha256 = :sha256")
                .param("sha256", text.sha256())
                .query(Tokens::token)
                .optional();
    }

    /** Those that are past too, in the order in which they were made. */
    public List<Token> all() {
        return jdbc.sql("select * from access_token order by created_at, name")
                .query(Tokens::token)
                .list();
    }

    public boolean anyHolds(Instant now) {
        return all().stream().anyMatch(token -> token.holds(now));
    }

    /**
     * From now on it opens nothing; one that is revoked already stays so.
     *
     * @return empty where there is none of that name
     * @throws ReadOnly in a replica
     */
    public Optional<Token> revoke(String name, Instant now) {
        requireWritable();
        jdbc.sql(
                        """
                        update access_token
                        set revoked_at = :now
                        where name = :name and revoked_at = :never
                        """)
                .param("name", name)
                .param("now", timestamp(now))
                .param("never", NEVER)
                .update();
        durability.await();
        return named(name);
    }

    private void requireWritable() {
        if (readOnly != null) {
            throw new ReadOnly(readOnly);
        }
    }

    private Optional<Token> named(String name) {
        return jdbc.sql("select * from access_token where name = :name")
                .param("name", name)
                .query(Tokens::token)
                .optional();
    }

    private static Token token(ResultSet row, int number) throws SQLException {
        return new Token(
                row.getString("name"),
                Role.parse(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("created_by"), row.getString("created_by_issuer")),
                end(row, "expires_at"),
                end(row, "revoked_at"));
    }

    private static @Nullable Instant end(ResultSet row, String column) throws SQLException {
        Instant end = row.getObject(column, OffsetDateTime.class).toInstant();
        return end.equals(NEVER.toInstant()) ? null : end;
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }
}
