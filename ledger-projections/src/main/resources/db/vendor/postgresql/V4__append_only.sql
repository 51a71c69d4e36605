create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% refused: % is append-only', tg_op, tg_table_name;
end
$$;

create trigger domain_event_entry_append_only before update or delete or truncate on domain_event_entry
    for each statement execute function refuse_change();

create trigger log_entry_append_only before update or delete or truncate on log_entry
    for each statement execute function refuse_change();
