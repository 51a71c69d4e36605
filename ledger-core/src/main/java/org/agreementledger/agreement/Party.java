package org.agreementledger.agreement;

/** An organisation, in the one shape it has everywhere: as party, investor, partner or speaker. */
public record Party(String id, String name) {

    public Party {
        Slug.check("organisation id", id);
    }
}
