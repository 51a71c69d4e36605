package org.agreementledger.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Several threads that start at the same moment. */
public final class Race {

    /** What a racer came back with: a result or what it threw. */
    public record Outcome<T>(T result, Throwable thrown) {}

    private Race() {}

    public static <T> List<Outcome<T>> of(int racers, IntFunction<Callable<T>> racer)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(racers);
        List<Outcome<T>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
            List<Future<T>> results = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                Callable<T> run = racer.apply(i);
                results.add(
                        threads.submit(() -> {
                            start.await();
                            return run.call();
                        }));
            }
            for (Future<T> result : results) {
                try {
                    outcomes.add(new Outcome<>(result.get(), null));
                } catch (ExecutionException e) {
                    outcomes.add(new Outcome<>(null, e.getCause()));
                }
            }
        }
        return outcomes;
    }

    public static <T> List<T> results(List<Outcome<T>> outcomes) {
        return outcomes.stream().filter(o -> o.thrown() == null).map(Outcome::result).toList();
    }

    public static List<Throwable> thrown(List<? extends Outcome<?>> outcomes) {
        List<Throwable> thrown = new ArrayList<>();
        outcomes.stream().filter(o -> o.thrown() != null).forEach(o -> thrown.add(o.thrown()));
        return thrown;
    }
}
