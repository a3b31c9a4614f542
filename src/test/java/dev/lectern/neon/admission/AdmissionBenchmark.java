package dev.lectern.neon.admission;

import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What a permit costs, beside a fair semaphore with a timeout: run its `main`.
final class AdmissionBenchmark {

    private static final int PERMITS = 16;
    private static final int ROUNDS = 7;

    private AdmissionBenchmark() {}

    /// Prints the best and the median of some rounds, after others that only warm up.
    public static void main(String[] arguments) {
        Admission admission = new Admission(PERMITS);
        Semaphore semaphore = new Semaphore(PERMITS, true);
        Supplier<AutoCloseable> permit = () -> {
            Permit acquired = admission.acquire(Criticality.INTERACTIVE_READ, in());
            acquired.begins();
            acquired.ends(Permit.Outcome.SUCCESS);
            return acquired;
        };
        Supplier<AutoCloseable> plain = () -> {
            acquire(semaphore, in());
            return semaphore::release;
        };
        for (int threads : new int[] {1, 16, 200, 2_000}) {
            int each = Math.max(100, 2_000_000 / (threads == 1 ? 1 : 4) / threads);
            report("semaphore", threads, each, plain);
            report("Lectern", threads, each, permit);
        }
        refusals(admission);
    }

    private static void report(String name, int threads, int each, Supplier<AutoCloseable> acquire) {
        double[] nanos = new double[ROUNDS];
        for (int round = 0; round < 2 * ROUNDS; round++) {
            nanos[round % ROUNDS] = round(threads, each, acquire);
        }
        print(name + ", " + threads + " virtual threads", nanos);
    }

    private static double round(int threads, int each, Supplier<AutoCloseable> acquire) {
        CountDownLatch done = new CountDownLatch(threads);
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            Thread.startVirtualThread(() -> {
                for (int turn = 0; turn < each; turn++) {
                    close(acquire.get());
                }
                done.countDown();
            });
        }
        await(done);
        return (double) (System.nanoTime() - start) / threads / each;
    }

    /// A refusal on coming: all permits are out, and the deadline is nearer than any turn.
    private static void refusals(Admission admission) {
        for (int i = 0; i < 200; i++) {
            try (Permit taught = admission.acquire(Criticality.COMPLETION, in())) {
                taught.ends(Permit.Outcome.SUCCESS);
            }
        }
        for (int i = 0; i < PERMITS; i++) {
            admission.acquire(Criticality.COMPLETION, in());
        }
        double[] nanos = new double[ROUNDS];
        for (int round = 0; round < 2 * ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200_000; i++) {
                refused(admission);
            }
            nanos[round % ROUNDS] = (System.nanoTime() - start) / 200_000.0;
        }
        print("a refusal on coming", nanos);
    }

    private static void refused(Admission admission) {
        try {
            admission.acquire(Criticality.INTERACTIVE_READ, new Deadline(System.nanoTime()));
            throw new IllegalStateException("there was a permit left");
        } catch (DatabaseUnavailableException e) {
            // As it should be.
            return;
        }
    }

    private static void print(String name, double[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "%-32s best %,6.0f ns, median %,6.0f ns%n", name, nanos[0], nanos[ROUNDS / 2]);
    }

    private static Deadline in() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static void acquire(Semaphore semaphore, Deadline deadline) {
        try {
            if (!semaphore.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("no permit in time");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(AutoCloseable permit) {
        try {
            permit.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
