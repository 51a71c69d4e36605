-- Set in a copy of a ledger as it stood: first as unfinished, and as finished when nothing is missing.
-- A ledger that takes entries has no row here.
create table ledger_copy (
    position bigint primary key,
    known_at timestamp(3) with time zone not null,
    finished boolean not null
);
