package org.agreementledger.axon;

/**
 * Who records.
 *
 * @param id the name
 * @param issuer who vouches for the name; {@link #LOCAL} for the operating system's user
 */
public record Actor(String id, String issuer) {

    /** The issuer of names of the machine's own users. */
    public static final String LOCAL = "local";

    public static Actor local(String id) {
        return new Actor(id, LOCAL);
    }
}
