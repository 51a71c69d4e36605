package org.agreementledger.api.http;

import org.agreementledger.agreement.Slug;

/** The id of an organisation, as a parameter. */
public record OrganisationId(String value) {

    public OrganisationId {
        Slug.check("organisation id", value);
    }
}
