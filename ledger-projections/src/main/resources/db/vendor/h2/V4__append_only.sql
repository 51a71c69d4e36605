-- TRUNCATE fires no trigger in H2, but is refused for a table that a foreign key refers to, as one refers to each of these.
create trigger domain_event_entry_append_only before update, delete on domain_event_entry
    for each row call 'org.agreementledger.log.AppendOnly';

create trigger log_entry_append_only before update, delete on log_entry
    for each row call 'org.agreementledger.log.AppendOnly';
