package org.agreementledger.log;

import java.util.List;
import org.agreementledger.proof.Hash;

/**
 * That a leaf is in the tree of the first {@code size} leaves: RFC 9162, section 2.1.3.
 *
 * @param position the leaf's index
 * @param hashes from the leaf's sibling up to the root's child
 */
public record Inclusion(long position, long size, Hash leafHash, List<Hash> hashes, Hash root) {}
