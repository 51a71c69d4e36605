package org.agreementledger.axon;

/**
 * Who records.
 *
 * @param id the name
 * @param issuer who vouches for the name; {@code local} for the operating system's user
 */
public record Actor(String id, String issuer) {

    public static Actor local(String id) {
        return new Actor(id, "local");
    }
}
