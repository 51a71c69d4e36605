package org.agreementledger.log;

/**
 * A node of the tree as the table has it.
 *
 * @param number that of {@link org.agreementledger.proof.Node#number()}
 * @param hash should be 64 hexadecimal digits
 */
public record StoredNode(long number, String hash) {}
