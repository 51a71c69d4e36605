create schema ${models};

alter table read_model set schema ${models};
alter table entry set schema ${models};
alter table entry_verdict set schema ${models};
alter table entry_wording set schema ${models};
alter table term_wording set schema ${models};
alter table term_said set schema ${models};
alter table term_version set schema ${models};
alter table term_mark set schema ${models};
alter table term_turn set schema ${models};
alter table agreement_version set schema ${models};
alter table agreement_tally set schema ${models};
