package org.agreementledger.log;

import java.util.List;
import org.agreementledger.proof.Hash;

/** That the tree of {@code to} leaves begins with that of {@code from}: RFC 9162, section 2.1.4. */
public record Consistency(long from, long to, Hash fromRoot, Hash toRoot, List<Hash> hashes) {}
