-- Audit queries find their positions in the search index; the tables and indexes they needed go.
-- An agreement's own entries are still found here.

drop table entry_term;
drop table entry_party;
drop index entry_recorded_at;
drop index entry_occurred_on;
drop index entry_ref;

create index entry_agreement_position on entry (agreement_id, position);
