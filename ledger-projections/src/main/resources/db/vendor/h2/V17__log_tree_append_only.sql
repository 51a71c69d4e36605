create trigger log_key_append_only before update, delete on log_key
    for each row call 'org.agreementledger.log.AppendOnly';

create trigger log_leaf_append_only before update, delete on log_leaf
    for each row call 'org.agreementledger.log.AppendOnly';

create trigger log_node_append_only before update, delete on log_node
    for each row call 'org.agreementledger.log.AppendOnly';

create trigger log_checkpoint_append_only before update, delete on log_checkpoint
    for each row call 'org.agreementledger.log.AppendOnly';
