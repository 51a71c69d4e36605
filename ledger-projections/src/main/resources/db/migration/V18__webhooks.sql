-- Who is told of entries, how far each was told, and what could not be told.
-- Nothing here is built from the log; a copy of a ledger takes none of it along.

create table webhook (
    id uuid primary key,
    url character varying not null,
    -- The filter; '' lets any through.
    agreement_id varchar(64) not null,
    kind varchar(16) not null,
    effect varchar(16) not null,
    verdict varchar(16) not null,
    created_at timestamp(3) with time zone not null,
    created_by character varying not null,
    created_by_issuer character varying not null,
    enabled boolean not null,
    disabled_because character varying not null,
    secret varchar(128) not null,
    former_secret varchar(128) not null,
    former_secret_until timestamp(3) with time zone not null,
    -- Whatever the filter lets through up to here was acknowledged, or is a dead letter.
    position bigint not null,
    -- Of the first entry after it: failed attempts so far, and when the next is due.
    failures integer not null,
    next_attempt_at timestamp(3) with time zone not null,
    dead_in_a_row integer not null,
    attempts bigint not null,
    -- Which node delivers, until when by the clock of the database.
    lease_owner character varying not null,
    lease_until timestamp(3) with time zone not null
);

-- The newest of each.
create table webhook_attempt (
    webhook_id uuid not null references webhook (id) on delete cascade,
    number bigint not null,
    message_id varchar(64) not null,
    position bigint not null,
    attempted_at timestamp(3) with time zone not null,
    took_millis bigint not null,
    status integer not null,
    failure character varying not null,
    primary key (webhook_id, number)
);

create table webhook_dead_letter (
    webhook_id uuid not null references webhook (id) on delete cascade,
    position bigint not null,
    attempts integer not null,
    died_at timestamp(3) with time zone not null,
    failure character varying not null,
    replay boolean not null,
    primary key (webhook_id, position)
);
