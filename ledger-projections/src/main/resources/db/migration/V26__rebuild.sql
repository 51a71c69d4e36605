-- Read models are built again beside those that are read, in a schema of their own that then takes the name of theirs.

-- Which rebuild built the read models that are read, so that a node notices when it reads others.
alter table read_model add column generation bigint default 0 not null;

-- Who moves the read models along the log, or puts others in their place, has this row locked.
create table read_model_lock (
    number integer primary key,
    constraint read_model_lock_sole check (number = 1)
);

insert into read_model_lock (number) values (1);

-- The newest rebuild. Its owner has a lease by the clock of the database, and renews it while it lives.
create table rebuild (
    number bigint primary key,
    state varchar(16) not null,
    segments integer not null,
    position bigint not null,
    entries bigint not null,
    failure varchar not null,
    started_at timestamp(3) with time zone not null,
    ended_at timestamp(3) with time zone not null,
    lease_owner varchar not null,
    lease_until timestamp(3) with time zone not null
);

insert into rebuild (number, state, segments, position, entries, failure, started_at, ended_at, lease_owner, lease_until)
values (0, 'none', 0, 0, 0, '', timestamp with time zone '1970-01-01 00:00:00+00', timestamp with time zone '1970-01-01 00:00:00+00', '',
    timestamp with time zone '1970-01-01 00:00:00+00');
