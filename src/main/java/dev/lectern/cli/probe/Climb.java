package dev.lectern.cli.probe;

import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A load test: harmless round trips on one connection, then two, four and so on. It stops at the first error, and
/// releases all it holds.
final class Climb {

    private static final String APPLICATION = "lectern-load-test";
    private static final String STATEMENT = "SELECT 1";
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final double NEARLY = 0.9;

    private final NeonUrl url;
    private final Plan plan;
    private final Failing failing;
    private final Listener listener;
    private final List<Connection> open = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> logins = new ArrayList<>();
    private final List<Rung> rungs = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile @Nullable Remark failure;

    /// What is wanted.
    ///
    /// @param connections at most; fewer where the server has not twice as many free
    /// @param duration of all steps together
    /// @param perSecond how many round trips at most
    /// @param timeout for a login, a wake included, and for each answer
    record Plan(int connections, Duration duration, int perSecond, Duration timeout) {}

    /// Who is told how it goes on.
    interface Listener {

        /// It is known how much will be done.
        ///
        /// @param connections how many will be open at most
        /// @param step how long each step takes
        void begins(int connections, Limits limits, Duration step);

        void climbed(Rung rung);
    }

    Climb(NeonUrl url, Plan plan, Listener listener) {
        this.url = url;
        this.plan = plan;
        this.failing = new Failing(url);
        this.listener = listener;
    }

    /// What was found.
    ///
    /// @param logins how long each took, ascending
    /// @param failure what ended it early; null for nothing
    record Result(
            List<Duration> logins,
            List<Rung> rungs,
            @Nullable Remark failure,
            boolean stopped) {}

    Result run() throws InterruptedException {
        try {
            climb();
        } catch (SQLException e) {
            note(FailureClassifier.connecting(e), failing.words(e));
        } finally {
            release();
        }
        Collections.sort(logins);
        return new Result(List.copyOf(logins), List.copyOf(rungs), failure, stopped);
    }

    /// Ends it soon.
    void stop() {
        stopped = true;
    }

    /// Ends it, and waits until all connections are released; those that are not by then are cut.
    void stopWithin(Duration patience) throws InterruptedException {
        stop();
        if (!released.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            for (Connection connection : List.copyOf(open)) {
                abort(connection);
            }
        }
    }

    private void climb() throws SQLException, InterruptedException {
        Limits limits = Limits.read(connect());
        int most = Math.clamp((limits.free() + 1) / 2, 1, plan.connections());
        List<Integer> levels = levels(most);
        Duration step = plan.duration().dividedBy(levels.size());
        listener.begins(most, limits, step);
        for (int level : levels) {
            while (open.size() < level && !stopped) {
                connect();
            }
            if (stopped || failure != null) {
                return;
            }
            Rung rung = work(level, step);
            rungs.add(rung);
            listener.climbed(rung);
        }
    }

    /// 1, 2, 4 and so on, and the most.
    static List<Integer> levels(int most) {
        List<Integer> levels = new ArrayList<>();
        for (int level = 1; level < most; level *= 2) {
            levels.add(level);
        }
        levels.add(most);
        return levels;
    }

    private Connection connect() throws SQLException {
        long start = System.nanoTime();
        Connection connection = Login.connect(url, APPLICATION, plan.timeout());
        logins.add(Duration.ofNanos(System.nanoTime() - start));
        open.add(connection);
        return connection;
    }

    private Rung work(int level, Duration step) throws InterruptedException {
        Pace pace = new Pace(plan.perSecond());
        Map<String, Integer> errors = new ConcurrentHashMap<>();
        Histogram all = new Histogram(LONGEST_NANOS, 3);
        long start = System.nanoTime();
        long end = start + step.toNanos();
        List<Thread> workers = new ArrayList<>();
        for (Connection connection : open.subList(0, level)) {
            Histogram times = new Histogram(LONGEST_NANOS, 3);
            Runnable task = () -> {
                work(connection, end, pace, times, errors);
                synchronized (all) {
                    all.add(times);
                }
            };
            workers.add(Thread.ofVirtual().name("load").start(task));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        boolean capped = all.getTotalCount() > NEARLY * plan.perSecond() * Figures.millis(took) / 1000;
        return new Rung(level, took, all, new TreeMap<>(errors), capped);
    }

    private void work(Connection connection, long end, Pace pace, Histogram times, Map<String, Integer> errors) {
        try (Statement statement = connection.createStatement()) {
            while (!stopped && failure == null && System.nanoTime() - end < 0) {
                pace.await();
                long start = System.nanoTime();
                statement.executeQuery(STATEMENT).close();
                times.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - start));
            }
        } catch (SQLException e) {
            if (!stopped) {
                Optional<DatabaseFailure> known = FailureClassifier.classify(e, Phase.WORKING);
                errors.merge(known.map(DatabaseFailure::slug).orElse("statement/" + e.getSQLState()), 1, Integer::sum);
                note(
                        known.orElseGet(() -> new DatabaseFailure.Down(DatabaseFailure.Down.Reason.UNKNOWN)),
                        failing.words(e));
            }
        }
    }

    private synchronized void note(DatabaseFailure known, String words) {
        if (failure == null) {
            Remark remark = Remark.of(known);
            failure =
                    new Remark(remark.level(), remark.failure(), remark.sentence() + " (" + words + ")", remark.next());
        }
    }

    private void release() {
        for (Connection connection : List.copyOf(open)) {
            try {
                connection.close();
            } catch (SQLException e) {
                abort(connection);
            }
        }
        open.clear();
        released.countDown();
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone.
            return;
        }
    }
}
