-- The second record of the ledger: each event's place in it, and what its leaf is made of.
-- follows makes the database itself refuse a gap.
create table log_entry (
    position bigint primary key,
    follows bigint,
    event_id varchar(255) not null,
    agreement_id varchar(64) not null,
    sequence integer not null,
    kind varchar(32) not null,
    recorded_at timestamp(3) with time zone not null,
    recorded_by varchar not null,
    recorded_by_issuer varchar not null,
    salt char(64) not null,
    entry_digest char(64) not null,
    constraint log_entry_event unique (event_id),
    constraint log_entry_sequence unique (agreement_id, sequence),
    constraint log_entry_stored foreign key (event_id) references domain_event_entry (event_identifier),
    constraint log_entry_gapless foreign key (follows) references log_entry (position),
    constraint log_entry_place check (position >= 0 and follows is not distinct from nullif(position, 0) - 1)
);

create index log_entry_recorded_at on log_entry (recorded_at);
