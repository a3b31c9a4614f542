package dev.lectern.neon;

import java.time.Duration;
import java.util.Map;

/// How the connection layer behaves towards one database.
///
/// @param url where the database is
/// @param applicationName what the server shows in `pg_stat_activity`
/// @param maximumPoolSize how many connections are open at most, and so how many pieces of work run at once
/// @param timeouts how long each step with the network may take
/// @param budget how the server's connections are shared
/// @param patience how long requests are held while the database cannot be had
/// @param vigilance when connections and their holders are distrusted
/// @param suspendTimeout after how long without activity Neon suspends the compute, zero for never; five minutes unless
///   configured
public record NeonSettings(
        NeonUrl url,
        String applicationName,
        int maximumPoolSize,
        Budget budget,
        Timeouts timeouts,
        Patience patience,
        Vigilance vigilance,
        Duration suspendTimeout) {

    /// How the server's connections are shared. What one process may have is an equal part of `max_connections`, less
    /// what the server reserves, less the head-room.
    ///
    /// @param replicas how many processes like this one there are
    /// @param headRoom what is left for people, migrations and other programs
    public record Budget(int replicas, int headRoom) {

        /// The defaults: one process, and ten connections left.
        public static final Budget DEFAULT = new Budget(1, 10);

        public Budget {
            if (replicas < 1) {
                throw new IllegalArgumentException("there must be at least 1 replica");
            }
            if (headRoom < 0) {
                throw new IllegalArgumentException("the head-room must not be negative");
            }
        }
    }

    /// When connections and their holders are distrusted.
    ///
    /// @param idle after so long unused, a connection may have been forgotten by some router between here and there
    /// @param silence for how long each answer on such a connection is waited for, before another is taken
    /// @param held how long a connection may be held before its holder is told of
    public record Vigilance(Duration idle, Duration silence, Duration held) {

        /// The defaults: 30 s, 250 ms and 10 s.
        public static final Vigilance DEFAULT =
                new Vigilance(Duration.ofSeconds(30), Duration.ofMillis(250), Duration.ofSeconds(10));

        public Vigilance {
            positive(idle, "idle time of a trusted connection");
            positive(silence, "patience with silence");
            positive(held, "time for which a connection may be held");
        }
    }

    /// How long each step with the network may take.
    ///
    /// @param connect for the TCP connection; short, since it never includes a wake
    /// @param login for a whole login: Neon's proxy holds it while the compute wakes
    /// @param socket for an answer, where no deadline is nearer; zero for without end
    /// @param lifetime of a connection; less up to a quarter, so that not all end at once
    public record Timeouts(Duration connect, Duration login, Duration socket, Duration lifetime) {

        /// The defaults: 1 s, 20 s, 60 s and 30 min.
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(30));

        public Timeouts {
            positive(connect, "connect timeout");
            positive(login, "login timeout");
            notNegative(socket, "socket timeout");
            // HikariCP takes no shorter one, https://github.com/brettwooldridge/HikariCP (maxLifetime)
            atLeast(lifetime, Duration.ofSeconds(30), "lifetime");
        }
    }

    /// How long requests are held while the database cannot be had; longer outages refuse at once.
    ///
    /// @param outage after the first sign that the server cannot be reached
    /// @param restart the same, where the server had announced that it goes down, as in a restart
    /// @param interest for how long after the last request the database is still looked for; then looking stops
    ///     until the next request, so that nobody keeps a database awake for nothing
    public record Patience(Duration outage, Duration restart, Duration interest) {

        /// The defaults: 500 ms, 5 s and 1 min.
        public static final Patience DEFAULT =
                new Patience(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMinutes(1));

        public Patience {
            notNegative(outage, "patience with an outage");
            notNegative(restart, "patience with a restart");
            positive(interest, "interest");
        }
    }

    /// Sixteen: enough for more than a thousand requests a second at 10 ms each, a sixth of the smallest compute's
    /// 97.
    public static final int DEFAULT_POOL_SIZE = 16;

    /// Neon's default, https://neon.com/docs/introduction/scale-to-zero
    public static final Duration DEFAULT_SUSPEND_TIMEOUT = Duration.ofMinutes(5);

    /// Checks them.
    ///
    /// @throws IllegalArgumentException where one is out of its range; the message says which
    public NeonSettings {
        if (applicationName.isBlank()) {
            throw new IllegalArgumentException("the application name is blank");
        }
        if (maximumPoolSize < 1) {
            throw new IllegalArgumentException("the maximum pool size must be at least 1");
        }
        if (suspendTimeout.isNegative()) {
            throw new IllegalArgumentException("the suspend timeout must not be negative");
        }
    }

    /// The defaults for a database.
    public static NeonSettings of(NeonUrl url) {
        return new NeonSettings(
                url,
                "lectern",
                DEFAULT_POOL_SIZE,
                Budget.DEFAULT,
                Timeouts.DEFAULT,
                Patience.DEFAULT,
                Vigilance.DEFAULT,
                DEFAULT_SUSPEND_TIMEOUT);
    }

    /// The same with another number of connections, at least 1.
    public NeonSettings withMaximumPoolSize(int other) {
        return new NeonSettings(url, applicationName, other, budget, timeouts, patience, vigilance, suspendTimeout);
    }

    /// The same with another way to share the server's connections.
    public NeonSettings withBudget(Budget other) {
        return new NeonSettings(
                url, applicationName, maximumPoolSize, other, timeouts, patience, vigilance, suspendTimeout);
    }

    /// The same with other timeouts.
    public NeonSettings withTimeouts(Timeouts other) {
        return new NeonSettings(
                url, applicationName, maximumPoolSize, budget, other, patience, vigilance, suspendTimeout);
    }

    /// The same with other patience.
    public NeonSettings withPatience(Patience other) {
        return new NeonSettings(
                url, applicationName, maximumPoolSize, budget, timeouts, other, vigilance, suspendTimeout);
    }

    /// The same with other vigilance.
    public NeonSettings withVigilance(Vigilance other) {
        return new NeonSettings(
                url, applicationName, maximumPoolSize, budget, timeouts, patience, other, suspendTimeout);
    }

    /// The same with another suspend timeout; zero for a compute that is never suspended.
    public NeonSettings withSuspendTimeout(Duration other) {
        return new NeonSettings(url, applicationName, maximumPoolSize, budget, timeouts, patience, vigilance, other);
    }

    /// The JDBC URL with these timeouts.
    public String jdbcUrl() {
        return url.jdbcUrl(applicationName, timeouts.connect(), timeouts.login(), timeouts.socket());
    }

    /// pgjdbc's parameters with these timeouts, by pgjdbc's names, without user and password.
    public Map<String, String> jdbcParameters() {
        return url.jdbcParameters(applicationName, timeouts.connect(), timeouts.login(), timeouts.socket());
    }

    private static void positive(Duration duration, String what) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the " + what + " must be positive");
        }
    }

    private static void notNegative(Duration duration, String what) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the " + what + " must not be negative");
        }
    }

    private static void atLeast(Duration duration, Duration least, String what) {
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException("the " + what + " must be at least " + least.toSeconds() + " s");
        }
    }
}
