package dev.lectern.comparison;

import dev.lectern.comparison.Contender.RefusedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Callers who read, think and read again until they are told to stop.
final class Callers {

    static final int ROWS = 1_000;

    private static final Duration LAST_CALL = Contender.PATIENCE.plusSeconds(1);

    /// What became of a call.
    enum Outcome {
        SERVED,
        REFUSED,
        FAILED
    }

    /// A call.
    ///
    /// @param start when it began, on the monotonic clock
    record Call(long start, long nanos, Outcome outcome) {

        long end() {
            return start + nanos;
        }
    }

    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Contender contender;
    private final Duration thinkTime;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean over;

    Callers(Contender contender, Duration thinkTime) {
        this.contender = contender;
        this.thinkTime = thinkTime;
    }

    /// More of them, until the group is told to go.
    Group come(int count) {
        Group group = new Group();
        for (int i = 0; i < count; i++) {
            threads.execute(() -> call(group));
        }
        return group;
    }

    /// Callers who came together.
    static final class Group {

        private volatile boolean gone;

        void go() {
            gone = true;
        }
    }

    /// Ends all, when what is under way has had its time. Whoever is still waiting then has failed.
    List<Call> stop() throws InterruptedException {
        over = true;
        threads.shutdown();
        if (!threads.awaitTermination(LAST_CALL.toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
            threads.close();
        }
        return List.copyOf(calls);
    }

    private void call(Group group) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(thinkTime.toMillis() + 1));
            while (!over && !group.gone) {
                long start = System.nanoTime();
                Outcome outcome = outcome();
                long nanos = System.nanoTime() - start;
                boolean late = nanos > Contender.PATIENCE.plusMillis(100).toNanos();
                calls.add(new Call(start, nanos, late ? Outcome.FAILED : outcome));
                Thread.sleep(thinkTime);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome outcome() throws InterruptedException {
        try {
            contender.read(ThreadLocalRandom.current().nextInt(ROWS));
            return Outcome.SERVED;
        } catch (RefusedException e) {
            return Outcome.REFUSED;
        } catch (SQLException | RuntimeException e) {
            return Outcome.FAILED;
        }
    }
}
