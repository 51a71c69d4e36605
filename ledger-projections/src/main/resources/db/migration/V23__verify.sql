-- Who verifies the read models finds by entry what is said of terms.
create index term_said_wording on term_said (wording_id);
