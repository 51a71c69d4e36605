-- What an answer says of an entry stands in the columns as it is answered, so that a stream passes
-- it on without reading it. The follower builds every read model anew from -1.
truncate table entry;
truncate table entry_verdict;
truncate table entry_wording;
truncate table term_wording;
truncate table term_said;
truncate table term_version;
truncate table term_mark;
truncate table term_turn;
truncate table agreement_version;
truncate table agreement_tally;
update read_model set position = -1 where name = 'all';

alter table entry add column occurred_as_given varchar(10) not null;
alter table entry add column title character varying not null;

-- The newest position at a moment is the first of this index backwards.
drop index log_entry_recorded_at;
create index log_entry_recorded_at on log_entry (recorded_at, position);
