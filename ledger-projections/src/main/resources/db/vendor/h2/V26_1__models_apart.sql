-- H2 moves no table from one schema to another. A later migration that alters one of these calls it ${models}.name.
create schema ${models};

create table ${models}.read_model (
    name varchar(32) primary key,
    position bigint not null,
    generation bigint default 0 not null
) as select name, position, generation from read_model;

create table ${models}.entry (
    position bigint primary key,
    agreement_id varchar(64) not null,
    sequence integer not null,
    event_id varchar(64) not null,
    kind varchar(16) not null,
    recorded_at timestamp(3) with time zone not null,
    recorded_by character varying not null,
    recorded_by_issuer character varying not null,
    occurred_on date not null,
    standing varchar(16) not null,
    ref varchar(64) not null,
    effect varchar(16) not null,
    effect_json text not null,
    fingerprint_before varchar(80) not null,
    fingerprint_after varchar(80) not null,
    verdicts_json text not null,
    corrected_by integer not null,
    withdrawn_by integer not null,
    confirmed_by integer not null,
    entry_json character varying not null,
    salt varchar(64) not null,
    occurred_as_given varchar(10) not null,
    title character varying not null,
    imported_from varchar default '' not null,
    unique (agreement_id, sequence)
) as select * from entry;

create index ${models}.entry_agreement_position on ${models}.entry (agreement_id, position);

create table ${models}.entry_verdict (
    position bigint not null,
    agreement_id varchar(64) not null,
    term_key varchar(512) not null,
    verdict varchar(16) not null,
    primary key (verdict, position, term_key)
) as select * from entry_verdict;

create index ${models}.entry_verdict_agreement on ${models}.entry_verdict (agreement_id, verdict);

create table ${models}.entry_wording (
    position bigint primary key,
    set_sequence integer not null,
    set_position bigint not null,
    set_kind varchar(16) not null,
    set_occurred_on varchar(10) not null,
    set_title character varying not null
) as select * from entry_wording;

create table ${models}.term_wording (
    id bigint primary key,
    worded_at bigint not null,
    term_key varchar(512) not null,
    action varchar(16) not null,
    statement character varying not null,
    quote character varying not null,
    value_json character varying not null,
    category varchar(64) not null,
    condition_text character varying not null,
    withheld varchar(16) not null,
    characterised_as character varying not null,
    source_id character varying not null,
    locator character varying not null,
    declared_on date not null,
    declared_from varchar(10) not null,
    declared_to varchar(10) not null,
    content character varying not null
) as select * from term_wording;

create table ${models}.term_said (
    term_key varchar(512) not null,
    said_hash integer not null,
    wording_id bigint not null,
    said character varying not null,
    primary key (term_key, said_hash, wording_id)
) as select * from term_said;

create index ${models}.term_said_wording on ${models}.term_said (wording_id);

create table ${models}.term_version (
    id bigint primary key,
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    valid_from date not null,
    valid_to date not null,
    known_from bigint not null,
    known_to bigint not null,
    state varchar(16) not null,
    wording_id bigint not null
) as select * from term_version;

create index ${models}.term_version_known_from on ${models}.term_version (agreement_id, standing, known_from);
create index ${models}.term_version_known_to on ${models}.term_version (agreement_id, standing, known_to);
create index ${models}.term_version_term on ${models}.term_version (agreement_id, term_key);
create index ${models}.term_version_wording on ${models}.term_version (wording_id);
create index ${models}.term_version_valid_from on ${models}.term_version (standing, valid_from);
create index ${models}.term_version_valid_to on ${models}.term_version (standing, valid_to);

create table ${models}.term_mark (
    id bigint primary key,
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    mark varchar(16) not null,
    occurred_on date not null,
    known_from bigint not null,
    known_to bigint not null,
    set_sequence integer not null,
    entry_wording bigint not null
) as select * from term_mark;

create index ${models}.term_mark_known_from on ${models}.term_mark (agreement_id, standing, known_from);
create index ${models}.term_mark_known_to on ${models}.term_mark (agreement_id, standing, known_to);
create index ${models}.term_mark_wording on ${models}.term_mark (entry_wording, term_key);

create table ${models}.term_turn (
    id bigint primary key,
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    turned_on date not null,
    known_from bigint not null,
    known_to bigint not null
) as select * from term_turn;

create index ${models}.term_turn_known_from on ${models}.term_turn (agreement_id, standing, known_from);
create index ${models}.term_turn_known_to on ${models}.term_turn (agreement_id, standing, known_to);
create index ${models}.term_turn_term on ${models}.term_turn (agreement_id, standing, term_key, turned_on);

create table ${models}.agreement_version (
    id bigint primary key,
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    valid_from date not null,
    valid_to date not null,
    known_from bigint not null,
    known_to bigint not null,
    title character varying not null,
    parties_json character varying not null,
    status varchar(16) not null
) as select * from agreement_version;

create index ${models}.agreement_version_agreement on ${models}.agreement_version (standing, agreement_id, known_to);

create table ${models}.agreement_tally (
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    known_from bigint not null,
    changes integer not null,
    contradictions integer not null,
    primary key (agreement_id, standing, known_from)
) as select * from agreement_tally;

drop table read_model;
drop table entry;
drop table entry_verdict;
drop table entry_wording;
drop table term_wording;
drop table term_said;
drop table term_version;
drop table term_mark;
drop table term_turn;
drop table agreement_version;
drop table agreement_tally;
