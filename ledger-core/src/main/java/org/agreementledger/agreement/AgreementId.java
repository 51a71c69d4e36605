package org.agreementledger.agreement;

/** Names an agreement in this ledger: a slug, {@code microsoft-openai}. */
public record AgreementId(String value) implements Comparable<AgreementId> {

    public AgreementId {
        Slug.check("agreement id", value);
    }

    @Override
    public int compareTo(AgreementId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
