package org.agreementledger.log;

import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.Node;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tree's rows, as they are. */
public final class TreeTable {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    public TreeTable(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
        this.batches = jdbc;
    }

    /** Empty before the first start of a ledger that takes entries. */
    public Optional<VerifierKey> key() {
        return jdbc.sql("select verifier_key from log_key")
                .query(String.class)
                .optional()
                .map(VerifierKey::parse);
    }

    /** The key of this ledger: this one, unless there is one already. */
    public VerifierKey claim(VerifierKey key) {
        try {
            return key().orElseGet(() -> {
                jdbc.sql("insert into log_key (number, verifier_key) values (1, :key)")
                        .param("key", key.toString())
                        .update();
                return key;
            });
        } catch (DuplicateKeyException _) {
            return key().orElseThrow();
        }
    }

    /** One node grows the tree at a time: whoever holds this row. */
    void lock() {
        jdbc.sql("select number from log_key for update").query().listOfRows();
    }

    /** The newest of those whose last leaf is not beyond {@code position}. */
    Optional<StoredCheckpoint> newestCheckpoint(long position) {
        return jdbc.sql(
                        """
                        select size, note
                        from log_checkpoint
                        where size - 1 <= :position
                        order by size desc
                        limit 1
                        """)
                .param("position", position)
                .query(StoredCheckpoint.class)
                .optional();
    }

    Optional<StoredCheckpoint> checkpoint(long size) {
        return jdbc.sql("select size, note from log_checkpoint where size = :size")
                .param("size", size)
                .query(StoredCheckpoint.class)
                .optional();
    }

    List<StoredCheckpoint> checkpointsAfter(long size, long position, int limit) {
        return jdbc.sql(
                        """
                        select size, note
                        from log_checkpoint
                        where size > :size and size - 1 <= :position
                        order by size
                        limit :limit
                        """)
                .param("size", size)
                .param("position", position)
                .param("limit", limit)
                .query(StoredCheckpoint.class)
                .list();
    }

    /** How far the tables go: numbers of leaves and nodes, were there no gap. */
    record Extent(long leaves, long nodes) {}

    Extent extent() {
        return jdbc.sql(
                        """
                        select
                          (select coalesce(max(position), -1) + 1 from log_leaf) as leaves,
                          (select coalesce(max(number), -1) + 1 from log_node) as nodes
                        """)
                .query(Extent.class)
                .single();
    }

    /** Read off the index from its end: {@code max} with a condition would count through it. */
    long leafCount(long position) {
        return jdbc.sql(
                                """
                                select position
                                from log_leaf
                                where position <= :position
                                order by position desc
                                limit 1
                                """)
                        .param("position", position)
                        .query(Long.class)
                        .optional()
                        .orElse(-1L)
                + 1;
    }

    /** By how many entries the newest checkpoint is behind the log. */
    long lag() {
        return jdbc.sql(
                        """
                        select
                          (select coalesce(max(position), -1) + 1 from log_entry)
                          - (select coalesce(max(size), 0) from log_checkpoint)
                        """)
                .query(Long.class)
                .single();
    }

    List<Leaf> leaves(long from, int limit) {
        return jdbc.sql(
                        """
                        select position, leaf as text
                        from log_leaf
                        where position >= :from
                        order by position
                        limit :limit
                        """)
                .param("from", from)
                .param("limit", limit)
                .query(Leaf.class)
                .list();
    }

    List<StoredNode> nodes(long fromNumber, int limit) {
        return jdbc.sql(
                        """
                        select number, hash
                        from log_node
                        where number >= :from
                        order by number
                        limit :limit
                        """)
                .param("from", fromNumber)
                .param("limit", limit)
                .query(StoredNode.class)
                .list();
    }

    /**
     * @throws TreeMismatch when one is missing, or is not a hash
     */
    Map<Node, Hash> nodes(Collection<Node> nodes) {
        Map<Long, String> stored = new HashMap<>();
        jdbc.sql("select number, hash from log_node where number in (:numbers)")
                .param("numbers", nodes.stream().map(Node::number).toList())
                .query(StoredNode.class)
                .list()
                .forEach(node -> stored.put(node.number(), node.hash()));
        Map<Node, Hash> hashes = new HashMap<>();
        nodes.forEach(node -> hashes.put(node, hash(node, stored.get(node.number()))));
        return hashes;
    }

    private static Hash hash(Node node, @Nullable String stored) {
        if (stored == null) {
            throw new TreeMismatch("node " + node.number() + " of the tree is missing");
        }
        try {
            return Hash.ofHex(stored);
        } catch (IllegalArgumentException e) {
            throw new TreeMismatch("node " + node.number() + " of the tree: " + e.getMessage());
        }
    }

    void append(List<Leaf> leaves, Map<Node, Hash> nodes) {
        batches.batchUpdate(
                "insert into log_leaf (position, leaf) values (:position, :text)",
                leaves.stream()
                        .map(leaf ->
                                new MapSqlParameterSource("position", leaf.position())
                                        .addValue("text", leaf.text()))
                        .toArray(SqlParameterSource[]::new));
        batches.batchUpdate(
                "insert into log_node (number, hash) values (:number, :hash)",
                nodes.entrySet().stream()
                        .map(node ->
                                new MapSqlParameterSource("number", node.getKey().number())
                                        .addValue("hash", node.getValue().hex()))
                        .toArray(SqlParameterSource[]::new));
    }

    /**
     * @param follows the size of the one before; null for the first
     */
    void append(Checkpoint checkpoint, SignedNote note, @Nullable Long follows) {
        long size = checkpoint.size();
        jdbc.sql(
                        """
                        insert into log_checkpoint (size, follows, last_leaf, last_node, signed_by, note)
                        values (:size, :follows, :lastLeaf, :lastNode, 1, :note)
                        """)
                .param("size", size)
                .param("follows", follows, Types.BIGINT)
                .param("lastLeaf", size == 0 ? null : size - 1, Types.BIGINT)
                .param("lastNode", size == 0 ? null : Node.countOf(size) - 1, Types.BIGINT)
                .param("note", note.write())
                .update();
    }
}
