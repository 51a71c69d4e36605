package org.agreementledger.witness;

import java.util.List;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.proof.CosignerKey;
import org.agreementledger.proof.SignedNote;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What witnesses signed under checkpoints of this log; kept beside them. */
public final class Cosignatures {

    private final JdbcClient jdbc;

    public Cosignatures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The checkpoint with all cosignatures that there are of it. */
    public SignedNote under(StoredCheckpoint checkpoint) {
        SignedNote note = checkpoint.signedNote();
        for (SignedNote.Signature signature : of(checkpoint.size())) {
            note = note.with(signature);
        }
        return note;
    }

    private List<SignedNote.Signature> of(long size) {
        return jdbc.sql(
                        """
                        select witness, encoded
                        from cosignature
                        where size = :size
                        order by witness, encoded
                        """)
                .param("size", size)
                .query((row, _) ->
                        new SignedNote.Signature(
                                row.getString("witness"), row.getString("encoded")))
                .list();
    }

    /** Once it was verified. */
    public void add(long size, SignedNote.Signature signature) {
        try {
            jdbc.sql(
                            """
                            insert into cosignature (size, witness, encoded)
                            values (:size, :witness, :encoded)
                            """)
                    .param("size", size)
                    .param("witness", signature.name())
                    .param("encoded", signature.encoded())
                    .update();
        } catch (DuplicateKeyException _) {
            // Another node has asked the same witness.
        }
    }

    /** The size of the largest tree that this witness cosigned; 0 where there is none. */
    public long newest(CosignerKey witness) {
        return jdbc.sql("select coalesce(max(size), 0) from cosignature where witness = :witness")
                .param("witness", witness.name())
                .query(Long.class)
                .single();
    }
}
