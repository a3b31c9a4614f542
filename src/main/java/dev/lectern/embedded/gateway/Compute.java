package dev.lectern.embedded.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server as a compute that scales to zero: it is started when somebody logs in, once for all who wait, and
/// stopped when nothing happens on it.
public final class Compute implements AutoCloseable {

    /// What the compute does.
    public enum State {
        IDLE,
        STARTING,
        ACTIVE,
        STOPPING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Compute.class);

    private final Postgres.Starter starter;
    private final GatewaySettings settings;
    private final Consumer<Postgres> afterStart;
    private final Runnable beforeStop;
    private final WakeLog wakes = new WakeLog();
    private State state = State.IDLE;
    private long failedStarts;
    private long unavailableUntil = System.nanoTime();
    private boolean restarting;
    private boolean closed;

    @Nullable
    private Postgres running;

    @Nullable
    private Thread monitor;

    /// @param afterStart is told of a server before anybody may use it
    /// @param beforeStop is run when the server is about to be stopped
    Compute(Postgres.Starter starter, GatewaySettings settings, Consumer<Postgres> afterStart, Runnable beforeStop) {
        this.starter = starter;
        this.settings = settings;
        this.afterStart = afterStart;
        this.beforeStop = beforeStop;
    }

    public synchronized State state() {
        return state;
    }

    public synchronized Wakes wakes() {
        return wakes.read();
    }

    /// Waits until the compute is in a state.
    ///
    /// @return false where it did not get there in this time
    public synchronized boolean await(State wanted, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (state != wanted) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /// Starts the server without the delay of a wake: for the beginning.
    ///
    /// @throws RuntimeException of the starter where it does not start
    public Postgres start() {
        to(State.STARTING);
        return started(Duration.ZERO, false);
    }

    /// Wakes the compute and returns when it is awake.
    ///
    /// @return false where it cannot be woken now
    public boolean wake() throws InterruptedException {
        try {
            awake();
            return true;
        } catch (LoginRefusedException e) {
            return false;
        }
    }

    /// Suspends the compute now, as if it had been idle for long enough.
    public void suspend() {
        stop(server -> true, Postgres::stop);
    }

    /// Kills the server. The next login starts it again.
    public void kill() {
        stop(server -> true, Postgres::kill);
    }

    /// Stops the server and starts it again; who logs in meanwhile is refused.
    public void restart() {
        restarting(true);
        try {
            suspend();
            if (begin()) {
                started(Duration.ZERO, false);
            }
        } finally {
            restarting(false);
        }
    }

    /// Stops the server, and does not start it before the time is over.
    public void stopFor(Duration outage) {
        synchronized (this) {
            unavailableUntil = System.nanoTime() + outage.toNanos();
        }
        suspend();
    }

    /// Ends what [#stopFor] began.
    public synchronized void available() {
        unavailableUntil = System.nanoTime();
    }

    /// The server; woken first where it sleeps.
    synchronized Postgres awake() throws LoginRefusedException, InterruptedException {
        long failuresBefore = failedStarts;
        while (true) {
            refuseWhileUnavailable();
            Postgres server = running;
            if (state == State.ACTIVE && server != null) {
                return server;
            }
            if (failedStarts != failuresBefore) {
                throw new LoginRefusedException(ProxyErrors.NO_COMPUTE);
            }
            if (begin()) {
                Thread.ofPlatform().daemon().name("compute-start").start(this::wakeUp);
            }
            wait();
        }
    }

    /// The server, where it is awake.
    @Nullable
    synchronized Postgres running() {
        return state == State.ACTIVE ? running : null;
    }

    /// A server could not be reached: if it is dead, the next login starts another.
    synchronized void unreachable(Postgres server) {
        if (server.equals(running) && state == State.ACTIVE && !server.alive()) {
            LOG.warn("The embedded PostgreSQL has died");
            ended();
        }
    }

    /// Stops the server for good.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        suspend();
    }

    private void refuseWhileUnavailable() throws LoginRefusedException {
        if (closed || System.nanoTime() - unavailableUntil < 0) {
            throw new LoginRefusedException(ProxyErrors.NO_COMPUTE);
        }
        if (restarting && state != State.ACTIVE) {
            throw new LoginRefusedException(
                    state == State.STARTING
                            ? "the database system is starting up"
                            : "the database system is shutting down");
        }
    }

    private void wakeUp() {
        try {
            started(settings.wakeDelay(), true);
        } catch (RuntimeException e) {
            LOG.error("The embedded PostgreSQL does not wake", e);
        }
    }

    /// Whether the caller is the one who has to start it.
    private synchronized boolean begin() {
        if (state != State.IDLE || closed) {
            return false;
        }
        to(State.STARTING);
        return true;
    }

    private Postgres started(Duration atLeast, boolean wake) {
        long begin = System.nanoTime();
        @Nullable Postgres server = null;
        try {
            server = starter.start();
            afterStart.accept(server);
            TimeUnit.NANOSECONDS.sleep(atLeast.toNanos() - (System.nanoTime() - begin));
            return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the compute started.", e);
        } finally {
            begun(server, wake ? Duration.ofNanos(System.nanoTime() - begin) : Duration.ZERO);
        }
    }

    private synchronized void begun(@Nullable Postgres server, Duration wake) {
        if (server == null) {
            failedStarts++;
            to(State.IDLE);
            return;
        }
        running = server;
        if (wake.isPositive()) {
            wakes.add(wake);
        }
        if (settings.suspendAfter().isPositive()) {
            IdleMonitor idle = new IdleMonitor(server, settings.suspendAfter(), () -> suspendIdle(server));
            monitor = Thread.ofVirtual().name("compute-idle-monitor").start(idle);
        }
        to(State.ACTIVE);
    }

    private void suspendIdle(Postgres idle) {
        LOG.info("The embedded database has been idle for {}: suspending it", settings.suspendAfter());
        stop(idle::equals, Postgres::stop);
    }

    private void stop(Predicate<Postgres> which, Consumer<Postgres> way) {
        Postgres server = stopping(which);
        if (server != null) {
            try {
                beforeStop.run();
                way.accept(server);
            } finally {
                ended();
            }
        }
    }

    /// The server that the caller has to stop.
    @Nullable
    private synchronized Postgres stopping(Predicate<Postgres> which) {
        settle();
        Postgres server = running;
        if (server == null || !which.test(server)) {
            return null;
        }
        to(State.STOPPING);
        return server;
    }

    /// Waits for a start or a stop that is under way, which take no long time and cannot be left alone.
    private void settle() {
        boolean interrupted = false;
        while (state == State.STARTING || state == State.STOPPING) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void ended() {
        if (monitor != null && monitor != Thread.currentThread()) {
            monitor.interrupt();
        }
        monitor = null;
        running = null;
        to(State.IDLE);
    }

    private synchronized void restarting(boolean now) {
        restarting = now;
        notifyAll();
    }

    private synchronized void to(State next) {
        state = next;
        notifyAll();
    }
}
