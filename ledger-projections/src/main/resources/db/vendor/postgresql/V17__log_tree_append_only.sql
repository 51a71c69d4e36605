create trigger log_key_append_only before update or delete or truncate on log_key
    for each statement execute function refuse_change();

create trigger log_leaf_append_only before update or delete or truncate on log_leaf
    for each statement execute function refuse_change();

create trigger log_node_append_only before update or delete or truncate on log_node
    for each statement execute function refuse_change();

create trigger log_checkpoint_append_only before update or delete or truncate on log_checkpoint
    for each statement execute function refuse_change();
