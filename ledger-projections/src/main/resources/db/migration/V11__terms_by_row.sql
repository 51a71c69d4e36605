-- Terms once more: what is said is kept once, and the ranges in which it prevails are narrow rows
-- with ids that a rebuild gives again. The follower builds every read model anew from -1.
--
-- An id is a position * 2^20 + a place: of a version, mark, turn or agreement, of the entry that
-- started it; of a wording, of the entry that gave it.

drop table term_version;
drop table term_mark;
drop table term_turn;
drop table agreement_version;
delete from entry;
delete from entry_term;
delete from entry_party;
delete from entry_verdict;
update read_model set position = -1 where name = 'all';

-- How others refer to an entry in its present words, which it or its newest correction gave.
create table entry_wording (
    position bigint primary key,
    set_sequence integer not null,
    set_position bigint not null,
    set_kind varchar(16) not null,
    set_occurred_on varchar(10) not null,
    set_title character varying not null
);

-- What an action says of a term.
create table term_wording (
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
);

-- What term=key:value is compared with, in lower case: a statement or a plain value, by its hash.
create table term_said (
    term_key varchar(512) not null,
    said_hash integer not null,
    wording_id bigint not null,
    said character varying not null,
    primary key (term_key, said_hash, wording_id)
);

-- What prevails on a term, on both axes, in both views. A version overridden from its first day
-- stays in history with an empty range of days: valid_from = valid_to.
create table term_version (
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
);

create index term_version_known_from on term_version (agreement_id, standing, known_from);
create index term_version_known_to on term_version (agreement_id, standing, known_to);
create index term_version_term on term_version (agreement_id, term_key);
create index term_version_wording on term_version (wording_id);

-- What an entry says of a term that is not a version: it affirms it, leaves it unaddressed, or
-- contests it.
create table term_mark (
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
);

create index term_mark_known_from on term_mark (agreement_id, standing, known_from);
create index term_mark_known_to on term_mark (agreement_id, standing, known_to);
create index term_mark_wording on term_mark (entry_wording, term_key);

-- Days on which anything but a disclosure altered a term or the parties.
create table term_turn (
    id bigint primary key,
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    turned_on date not null,
    known_from bigint not null,
    known_to bigint not null
);

create index term_turn_known_from on term_turn (agreement_id, standing, known_from);
create index term_turn_known_to on term_turn (agreement_id, standing, known_to);
create index term_turn_term on term_turn (agreement_id, standing, term_key, turned_on);

create table agreement_version (
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
);

create index agreement_version_agreement on agreement_version (standing, agreement_id, known_to);

-- How many entries changed the agreement, and how many claims were found contradicted: as known
-- from a position on, until the next row.
create table agreement_tally (
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    known_from bigint not null,
    changes integer not null,
    contradictions integer not null,
    primary key (agreement_id, standing, known_from)
);
