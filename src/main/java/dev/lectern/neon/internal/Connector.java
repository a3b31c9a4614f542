package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.monitor.NeonListener;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLState;

/// Makes connections: one attempt a call, never longer than the login timeout.
final class Connector {

    private static final int SPREAD_OF_LOGINS = 4;

    private final String url;
    private final Properties properties = new Properties();
    private final HostSpec host;
    private final Duration loginTimeout;
    private final int socketTimeoutMillis;
    private final NeonListener listener;
    private final BiConsumer<NeonConnection, SQLException> onDeath;
    private final Runnable onEnd;
    private volatile long quickest;

    /// @param onDeath told of a connection that turns out to be dead, and of what shows it
    /// @param onEnd run when a connection has ended
    Connector(
            NeonSettings settings,
            NeonListener listener,
            BiConsumer<NeonConnection, SQLException> onDeath,
            Runnable onEnd) {
        Map<String, String> parameters = settings.jdbcParameters();
        NeonUrl target = settings.url();
        this.url = settings.jdbcUrl();
        this.loginTimeout = Duration.ofSeconds(Long.parseLong(parameters.get("loginTimeout")));
        this.socketTimeoutMillis = Math.toIntExact(Duration.ofSeconds(Long.parseLong(parameters.get("socketTimeout")))
                .toMillis());
        // As the driver's own parser does with the URL, https://jdbc.postgresql.org/documentation/use/
        this.properties.putAll(parameters);
        this.properties.setProperty("PGHOST", target.host());
        this.properties.setProperty("PGPORT", Integer.toString(target.port()));
        this.properties.setProperty("PGDBNAME", target.database());
        this.properties.setProperty("user", target.user());
        this.properties.setProperty("password", target.password().value());
        this.properties.setProperty("socketFactory", AttemptSockets.class.getName());
        this.host = new HostSpec(target.host(), target.port());
        this.listener = listener;
        this.onDeath = onDeath;
        this.onEnd = onEnd;
    }

    /// Makes one attempt, which a sleeping compute may keep waiting for as long as the login timeout allows.
    ///
    /// @param generation what the connection says about when it was made
    NeonConnection open(long generation) throws SQLException, InterruptedException {
        return open(generation, loginTimeout);
    }

    /// Makes one attempt, for a shorter time: as long as is said, or a few times as long as the quickest login took
    /// where that is longer, as it is over a long way.
    NeonConnection open(long generation, Duration patience) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        Duration usual = Duration.ofNanos(quickest).multipliedBy(SPREAD_OF_LOGINS);
        Duration longer = patience.compareTo(usual) > 0 ? patience : usual;
        try {
            NeonConnection connection = within(longer.compareTo(loginTimeout) < 0 ? longer : loginTimeout, generation);
            Duration took = since(start);
            quickest = quickest == 0 ? took.toNanos() : Math.min(quickest, took.toNanos());
            listener.connectionOpened(took);
            return connection;
        } catch (SQLException e) {
            DatabaseFailure failure = FailureClassifier.connecting(e);
            listener.connectionFailed(failure, since(start));
            throw e;
        }
    }

    /// Logs in on a thread of the platform. On a virtual one each of its half a dozen exchanges would wait behind the
    /// requests that are ready to run: where many readers come at once, a compute that is awake would not seem so.
    private NeonConnection within(Duration timeout, long generation) throws SQLException, InterruptedException {
        LoginAttempt attempt = new LoginAttempt();
        FutureTask<NeonConnection> login =
                new FutureTask<>(
                        () -> ScopedValue.where(LoginAttempt.CURRENT, attempt).call(() -> login(generation))) {
                    @Override
                    protected void set(NeonConnection connection) {
                        super.set(connection);
                        if (isCancelled()) {
                            quietlyClose(connection);
                        }
                    }
                };
        Thread.ofPlatform().daemon().name("neon-login").start(login);
        try {
            return login.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (!login.cancel(true)) {
                return madeBy(login); // it came just then
            }
            attempt.giveUp();
            throw new SQLException(
                    "Connection attempt timed out after " + timeout.toMillis() + " ms",
                    PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState(),
                    e);
        } catch (InterruptedException e) {
            if (login.cancel(true)) {
                attempt.giveUp();
            } else if (login.state() == Future.State.SUCCESS) {
                quietlyClose(login.resultNow());
            }
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static NeonConnection madeBy(FutureTask<NeonConnection> login) throws SQLException {
        if (login.state() == Future.State.SUCCESS) {
            return login.resultNow();
        }
        throw failure(login.exceptionNow());
    }

    private static SQLException failure(@Nullable Throwable cause) {
        return cause instanceof SQLException sql ? sql : new SQLException(cause);
    }

    private NeonConnection login(long generation) throws SQLException {
        NeonConnection connection = new NeonConnection(host, properties, url, generation, onDeath, this::ended);
        connection.setNetworkTimeout(Runnable::run, socketTimeoutMillis);
        return connection;
    }

    private void ended(NeonConnection connection) {
        onEnd.run();
        listener.connectionClosed(Duration.ofNanos(connection.ageNanos()));
    }

    static void quietlyClose(NeonConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It was of no use to anybody; so is what it says now.
            return;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
