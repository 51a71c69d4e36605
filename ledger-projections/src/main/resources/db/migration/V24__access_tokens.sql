-- Who may come in, as whom and until when; of a token itself only its hash.
-- Nothing here is built from the log; a copy of a ledger takes none of it along.

create table access_token (
    -- A name is given once, as entries are recorded under it.
    name varchar(64) primary key,
    role varchar(16) not null,
    sha256 char(64) not null,
    created_at timestamp(3) with time zone not null,
    created_by varchar not null,
    created_by_issuer varchar not null,
    -- 9999-12-31 for never.
    expires_at timestamp(3) with time zone not null,
    revoked_at timestamp(3) with time zone not null,
    constraint access_token_sha256 unique (sha256)
);
