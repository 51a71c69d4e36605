package org.agreementledger.json;

import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.terms.Movement;
import org.agreementledger.terms.TermValue;
import org.jspecify.annotations.Nullable;

/** Entries as plain JSON trees of Map, List, String, Boolean and Integer, both ways. */
public final class EntryJson {

    /** Of the whole entry; a column of H2 ends at 1,048,576 characters. */
    private static final int LENGTH_MAX = 1_000_000;

    private EntryJson() {}

    /**
     * An entry that somebody submits, held to form, sizes and known codes.
     *
     * @param tree what a JSON or YAML parser made of it
     * @param agreementId where the entry may leave it out, and must agree if given; null elsewhere
     * @throws Malformed naming the place and the rule
     */
    public static Entry submitted(Object tree, @Nullable AgreementId agreementId) {
        Entry entry = EntryReader.entry(Place.root(tree, "the entry", Gate.SUBMITTED), agreementId);
        int length = CanonicalBytes.text(write(entry)).length();
        if (length > LENGTH_MAX) {
            throw new Malformed(
                    "the entry has %d characters of JSON, at most %d are taken; long documents belong elsewhere: record their address and SHA-256 as a source"
                            .formatted(length, LENGTH_MAX),
                    "");
        }
        return entry;
    }

    /** An entry that was stored before: held to form only, so that it stays readable for ever. */
    public static Entry stored(Map<?, ?> tree) {
        return EntryReader.entry(Place.root(tree, "the entry", Gate.STORED), null);
    }

    /** In the order of the contract, absent fields left out. */
    public static Map<String, Object> write(Entry entry) {
        return EntryWriter.entry(entry);
    }

    /** A typed value alone, as in a term's answer. */
    public static Map<String, Object> write(TermValue value) {
        return EntryWriter.value(value);
    }

    /** A typed value as it was written. */
    public static TermValue storedValue(Map<String, ?> tree) {
        return TermReader.value(Place.root(tree, "the value", Gate.STORED));
    }

    /** By how much a value moved, as in a difference. */
    public static Map<String, Object> write(Movement movement) {
        return EntryWriter.movement(movement);
    }
}
