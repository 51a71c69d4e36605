-- Dates that matter are found by the day on which a version starts or ends, across all agreements.
create index term_version_starts on term_version (standing, valid_from);
create index term_version_ends on term_version (standing, valid_to);

-- A memento finds its neighbours without reading every turn of a long agreement.
create index term_turn_day on term_turn (agreement_id, standing, turned_on);
