-- The Merkle tree over the log (RFC 9162), and what was signed of it. A tree grows with the checkpoint that signs it, in one transaction.

-- Whose signature the checkpoints bear, as name+id+base64; the name is the origin of the log. One ledger, one key.
create table log_key (
    number integer primary key,
    verifier_key varchar not null,
    constraint log_key_sole check (number = 1)
);

-- The bytes that were hashed, as UTF-8; kept so that they and the log entry show against each other.
create table log_leaf (
    position bigint primary key,
    leaf varchar not null,
    constraint log_leaf_entry foreign key (position) references log_entry (position)
);

-- The hash of every complete subtree, numbered in the order of completion: those of the leaves and, right after its right
-- child, each parent. The leaf at position p has number 2p - (bits set in p).
create table log_node (
    number bigint primary key,
    hash char(64) not null,
    constraint log_node_place check (number >= 0)
);

-- What it refers to cannot be truncated, here or there.
create table log_checkpoint (
    size bigint primary key,
    follows bigint,
    last_leaf bigint,
    last_node bigint,
    signed_by integer not null,
    note varchar not null,
    constraint log_checkpoint_follows foreign key (follows) references log_checkpoint (size),
    constraint log_checkpoint_leaf foreign key (last_leaf) references log_leaf (position),
    constraint log_checkpoint_node foreign key (last_node) references log_node (number),
    constraint log_checkpoint_key foreign key (signed_by) references log_key (number),
    constraint log_checkpoint_place check (size >= 0 and last_leaf is not distinct from nullif(size, 0) - 1)
);
