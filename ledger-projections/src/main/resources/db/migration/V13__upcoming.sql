-- On which days does a version begin or end, whatever the agreement?
create index term_version_valid_from on term_version (standing, valid_from);
create index term_version_valid_to on term_version (standing, valid_to);
