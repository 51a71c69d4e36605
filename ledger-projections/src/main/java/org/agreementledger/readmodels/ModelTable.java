package org.agreementledger.readmodels;

import java.util.List;

/**
 * A table of a read model, for who compares two of them row by row.
 *
 * @param key the columns that tell one row from another
 * @param startedBy the column that tells which entry brought a row
 * @param numbersPerEntry 1 where that column holds the entry's position; else it holds numbers that
 *     begin at the position times this
 * @param namesAgreement whether rows are quickly found by their agreement_id; else they are found
 *     by {@code startedBy}
 * @param ends columns with the position from which something is no longer so
 * @param links columns with the sequence of a later entry; 0 for none
 */
public record ModelTable(
        String name,
        List<String> key,
        String startedBy,
        long numbersPerEntry,
        boolean namesAgreement,
        List<String> ends,
        List<String> links) {

    /** One whose rows are never altered. */
    public static ModelTable ofPositions(String name, String startedBy, List<String> key) {
        return new ModelTable(name, key, startedBy, 1, false, List.of(), List.of());
    }

    public ModelTable namingAgreement() {
        return new ModelTable(name, key, startedBy, numbersPerEntry, true, ends, links);
    }

    public ModelTable numbered(long perEntry) {
        return new ModelTable(name, key, startedBy, perEntry, namesAgreement, ends, links);
    }

    public ModelTable ending(String column) {
        return new ModelTable(
                name, key, startedBy, numbersPerEntry, namesAgreement, List.of(column), links);
    }

    public ModelTable linking(String... columns) {
        return new ModelTable(
                name, key, startedBy, numbersPerEntry, namesAgreement, ends, List.of(columns));
    }

    /** The position of the entry that brought a row. */
    public long position(long start) {
        return Math.floorDiv(start, numbersPerEntry);
    }
}
