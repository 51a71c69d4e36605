package org.agreementledger.agreement;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agreementledger.json.EntryJson;
import tools.jackson.databind.json.JsonMapper;

/** Random histories of many agreements, interleaved: what a whole ledger may hold. */
public final class RandomLedger {

    private RandomLedger() {}

    /** The entries of {@code agreements} agreements, each in its order. */
    public static List<Entry> of(long seed, int agreements, int offersEach) {
        List<List<Entry>> left = new ArrayList<>();
        for (int i = 0; i < agreements; i++) {
            AgreementId id = new AgreementId("agreement-" + i);
            left.add(
                    new ArrayList<>(
                            RandomHistory.of(seed * agreements + i, id, offersEach).entries()));
        }
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Entry> next = left.get(random.nextInt(left.size()));
            if (next.isEmpty()) {
                left.remove(next);
            } else {
                entries.add(next.removeFirst());
            }
        }
        return entries;
    }

    /** The first {@code count} entries of as many agreements as that takes. */
    public static List<Entry> ofCount(long seed, int count) {
        int agreements = 1 + count / 20;
        List<Entry> entries = of(seed, agreements, 80);
        if (entries.size() < count) {
            throw new IllegalStateException("seed " + seed + " gives only " + entries.size());
        }
        return entries.subList(0, count);
    }

    /** Writes them as NDJSON, for {@code ledger import}: arguments are the seed and the count. */
    public static void main(String[] args) {
        JsonMapper json = JsonMapper.builder().build();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (Entry entry : ofCount(Long.parseLong(args[0]), Integer.parseInt(args[1]))) {
            out.println(json.writeValueAsString(EntryJson.write(entry)));
        }
        out.flush();
    }
}
