-- A new column makes H2 write the table anew, and its trigger would go on naming the table that it was written into.
drop trigger log_entry_append_only;

create trigger log_entry_append_only before update, delete on log_entry
    for each row call 'org.agreementledger.log.AppendOnly';
