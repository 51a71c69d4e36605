-- Which request became which entry, so that a repeated one is answered as the first time.
create table request_key (
    actor varchar(255) not null,
    issuer varchar(255) not null,
    request_key varchar(255) not null,
    digest varchar(255) not null,
    event_id varchar(255) not null,
    agreement_id varchar(64) not null,
    sequence integer not null,
    primary key (actor, issuer, request_key)
);
