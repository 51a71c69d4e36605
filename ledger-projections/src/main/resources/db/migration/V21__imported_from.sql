-- Where an entry had been recorded before it was imported, as JSON; empty for a ledger's own.
alter table log_entry add column imported_from varchar default '' not null;

alter table entry add column imported_from varchar default '' not null;
