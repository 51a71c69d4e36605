package org.agreementledger.agreement;

import static org.agreementledger.agreement.Entries.*;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.agreementledger.terms.TermAction;

/**
 * What a long history costs, entry by entry, as the ledger runs it: decide, evolve, find. Not a
 * test: {@code ./mvnw -pl ledger-core test-compile}, then run it with the test class path, and
 * {@code entries=10000} if need be.
 */
final class HistoryCost {

    private static final LocalDate BEGIN = LocalDate.of(2001, 1, 1);

    private HistoryCost() {}

    public static void main(String[] arguments) {
        int entries = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        measure("warm-up", Math.min(entries, 2_000), HistoryCost::mixed);
        measure("200 keys, of all kinds", entries, HistoryCost::mixed);
        measure("one key, changed each day", entries, HistoryCost::oneKey);
        measure("one key, told of each day", entries, HistoryCost::oneKeyDisclosed);
        measure("one key, changed for a day", entries, HistoryCost::oneKeyForADay);
        measure("200 keys, each ref its own", entries, i -> ref("r-" + i, mixed(i)));
        measure("200 keys, recorded backwards", entries, i -> backwards(i, entries));
    }

    private static void measure(String what, int entries, IntFunction<Entry> next) {
        Agreement agreement = Agreement.unopened();
        long deciding = 0;
        long evolving = 0;
        long finding = 0;
        LocalDate today = LocalDate.of(2030, 1, 1);
        for (int i = 0; i < entries; i++) {
            RecordEntry command = new RecordEntry(i == 0 ? opening() : next.apply(i), null);
            long start = cpuTime();
            AgreementEvent event = agreement.decide(command, today);
            long decided = cpuTime();
            Agreement evolved = agreement.evolve(event);
            long evolvedAt = cpuTime();
            Findings.of(agreement.history(), evolved.history());
            long found = cpuTime();
            deciding += decided - start;
            evolving += evolvedAt - decided;
            finding += found - evolvedAt;
            agreement = evolved;
        }
        History history = agreement.history();
        long start = cpuTime();
        History.of(history.entries());
        long replaying = cpuTime() - start;
        start = cpuTime();
        Constancy.between(history.fold(View.CONFIRMED), BEGIN, BEGIN.plusYears(5));
        long comparing = cpuTime() - start;
        System.out.printf(
                "%-30s %,7d entries/s   decide %,6d ms, evolve %,6d ms, find %,6d ms; replay %,6d ms; constancy %,d ms%n",
                what,
                (long) (entries * 1e9 / (deciding + evolving + finding)),
                deciding / 1_000_000,
                evolving / 1_000_000,
                finding / 1_000_000,
                replaying / 1_000_000,
                comparing / 1_000_000);
    }

    /** So that other work on the machine does not count. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Entry opening() {
        List<TermAction> terms = new ArrayList<>();
        for (int key = 0; key < 200; key++) {
            terms.add(introduce("key" + key, "as agreed"));
        }
        return Entries.opening(BEGIN.toString(), terms.toArray(TermAction[]::new));
    }

    private static Entry mixed(int i) {
        String day = BEGIN.plusDays(i / 2).toString();
        String key = "key" + (i * 7) % 200;
        String since = BEGIN.plusDays(i / 3).toString();
        return switch (i % 10) {
            case 0 -> reported(amendment(day, change(key, "reported " + i)));
            case 1, 2, 3, 4 -> amendment(day, change(key, "changed " + i));
            case 5, 6 -> announcement(day, disclose(key, "told " + i, since));
            case 7 -> fundingRound(day, reaffirm(key), reaffirmAll(since));
            case 8 ->
                    i < 20 || mixed(i - 7).kind() != Kind.AMENDMENT
                            ? partnership(day, reaffirm(key))
                            : correction(day, i - 6, (Entry.Original) mixed(i - 7));
            default -> partnership(day, reaffirm(key));
        };
    }

    private static Entry oneKey(int i) {
        return amendment(BEGIN.plusDays(i).toString(), change("key0", "changed " + i));
    }

    private static Entry oneKeyDisclosed(int i) {
        String day = BEGIN.plusDays(i).toString();
        return announcement(day, disclose("key0", "told " + i, day));
    }

    private static Entry oneKeyForADay(int i) {
        LocalDate day = BEGIN.plusDays(i);
        return amendment(
                day.toString(), until(day.plusDays(1).toString(), change("key0", "changed " + i)));
    }

    private static Entry backwards(int i, int entries) {
        return amendment(
                BEGIN.plusDays(entries - i).toString(), change("key" + i % 200, "changed " + i));
    }
}
