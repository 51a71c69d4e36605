-- Read models: everything here can be dropped and built again from the log and the event store.
-- Ranges are half-open. known_from and known_to are positions, valid_from and valid_to days.
-- Numbers use 0, texts '' and ends of ranges the largest value instead of null.

create table read_model (
    name varchar(32) primary key,
    position bigint not null
);

insert into read_model (name, position) values ('all', -1);

create table entry (
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
    unique (agreement_id, sequence)
);

create index entry_recorded_at on entry (recorded_at);
create index entry_occurred_on on entry (occurred_on);
create index entry_ref on entry (ref);

create table entry_term (
    position bigint not null,
    term_key varchar(512) not null,
    primary key (term_key, position)
);

create table entry_party (
    position bigint not null,
    organisation_id varchar(64) not null,
    primary key (organisation_id, position)
);

create table entry_verdict (
    position bigint not null,
    agreement_id varchar(64) not null,
    term_key varchar(512) not null,
    verdict varchar(16) not null,
    primary key (verdict, position, term_key)
);

create index entry_verdict_agreement on entry_verdict (agreement_id, verdict);

-- What prevails on a term, on both axes, in both views. A version overridden from its first day
-- stays in history with an empty range of days: valid_from = valid_to.
create table term_version (
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    valid_from date not null,
    valid_to date not null,
    known_from bigint not null,
    known_to bigint not null,
    state varchar(16) not null,
    action varchar(16) not null,
    statement character varying not null,
    quote character varying not null,
    value_json character varying not null,
    value_text character varying not null,
    category varchar(64) not null,
    condition_text character varying not null,
    withheld varchar(16) not null,
    characterised_as character varying not null,
    source_id character varying not null,
    locator character varying not null,
    declared_on date not null,
    declared_from varchar(10) not null,
    declared_to varchar(10) not null,
    content character varying not null,
    set_sequence integer not null,
    set_place integer not null,
    set_position bigint not null,
    set_kind varchar(16) not null,
    set_occurred_on varchar(10) not null,
    set_title character varying not null,
    primary key (agreement_id, standing, term_key, known_from, valid_from, set_sequence, set_place)
);

create index term_version_current on term_version (agreement_id, standing, known_to);
create index term_version_term on term_version (term_key, valid_from);

-- The last word on a term that is not a version: who affirmed, left unaddressed, or contested it.
create table term_mark (
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    mark varchar(16) not null,
    occurred_on date not null,
    known_from bigint not null,
    known_to bigint not null,
    set_sequence integer not null,
    set_position bigint not null,
    set_kind varchar(16) not null,
    set_occurred_on varchar(10) not null,
    set_title character varying not null,
    primary key (agreement_id, standing, term_key, mark, set_sequence, known_from)
);

-- Days on which anything but a disclosure altered a term or the parties.
create table term_turn (
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    term_key varchar(512) not null,
    turned_on date not null,
    known_from bigint not null,
    known_to bigint not null,
    primary key (agreement_id, standing, term_key, turned_on, known_from)
);

create table agreement_version (
    agreement_id varchar(64) not null,
    standing varchar(16) not null,
    valid_from date not null,
    valid_to date not null,
    known_from bigint not null,
    known_to bigint not null,
    title character varying not null,
    parties_json character varying not null,
    status varchar(16) not null,
    primary key (agreement_id, standing, known_from, valid_from)
);
