-- Who verifies the read models finds by entry what is said of terms.
create index term_said_wording on term_said (wording_id);

-- Signature lines of witnesses under checkpoints of this log.
create table cosignature (
    size bigint not null,
    witness varchar(255) not null,
    encoded varchar(255) not null,
    constraint cosignature_place primary key (size, witness, encoded),
    constraint cosignature_checkpoint foreign key (size) references log_checkpoint (size)
);

-- Logs of others that this ledger is a witness of: for each the largest tree that it cosigned, and the note as it is served.
create table witnessed_log (
    origin varchar(255) primary key,
    origin_hash char(64) not null,
    size bigint not null,
    root char(64) not null,
    note varchar not null,
    constraint witnessed_log_hash unique (origin_hash)
);
