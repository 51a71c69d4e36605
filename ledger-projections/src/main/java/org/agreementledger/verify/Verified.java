package org.agreementledger.verify;

import java.util.List;

/**
 * What a verification found, with the answer first.
 *
 * @param events how many were read again and held against the log
 * @param leaves of the tree that they come to
 * @param root of that tree, in hexadecimal; of one agreement that of the newest checkpoint
 * @param signed how many leaves the newest checkpoint counts
 * @param checkpoints how many signed roots were compared
 * @param agreements how many were folded again
 * @param rows of the read models that were compared, column by column
 * @param searched agreements whose entries the search index was asked for
 * @param against earlier checkpoints, one by one
 * @param found how many differences there are
 * @param differences the first of them
 */
public record Verified(
        boolean ok,
        long events,
        long leaves,
        String root,
        long signed,
        long checkpoints,
        long agreements,
        long rows,
        long searched,
        List<Against.Answer> against,
        long found,
        List<Difference> differences) {}
