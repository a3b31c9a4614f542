package dev.lectern.cli.probe;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.FailureClassifier;
import dev.lectern.neon.failure.Phase;
import dev.lectern.persistence.MigrationStanding;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One look at a database, from its name to its schema, over one connection. Nothing is written.
final class Check {

    private static final String APPLICATION = "lectern-check";
    private static final String SCHEMA = "schema";
    /// What is told by figures that others have measured.
    private static final Set<String> THOUGHT = Set.of("clock", "route", "suspend");

    private static final List<String> AFTER_LOGIN =
            List.of("latency", "clock", "limits", "route", "access", SCHEMA, "suspend");

    private final DatabaseTarget target;
    private final Duration timeout;
    private final InstantSource clock;
    private final Failing failing;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable String obstacle;
    private @Nullable Login login;
    private @Nullable RoundTrips trips;
    private @Nullable Limits limits;

    /// @param timeout for each step; the login's includes a wake
    Check(DatabaseTarget target, Duration timeout, InstantSource clock) {
        this.target = target;
        this.timeout = timeout;
        this.clock = clock;
        this.failing = new Failing(target.url());
    }

    /// What a step looks at.
    @FunctionalInterface
    private interface Look {
        Step at() throws SQLException, IOException, InterruptedException;
    }

    CheckReport run() throws InterruptedException {
        Entrance entrance = new Entrance(target.url(), failing, timeout);
        step("name", entrance::name);
        step("tcp", entrance::tcp);
        step("tls", () -> new Secrecy(target.url(), failing, timeout, clock).look(entrance.server()));
        step("login", this::logIn);
        Login made = login;
        if (made == null) {
            AFTER_LOGIN.forEach(name -> steps.add(skipped(name)));
        } else {
            try {
                converse(made);
            } finally {
                made.closeQuietly();
            }
        }
        return new CheckReport(target.url(), clock.instant(), List.copyOf(steps), Verdict.of(steps, praise()));
    }

    private Step logIn() {
        try {
            Login made = Login.to(target.url(), APPLICATION, timeout);
            login = made;
            return Findings.login(made).took(made.took());
        } catch (SQLException e) {
            return Step.failed("login", failing.words(e), Remark.of(FailureClassifier.connecting(e)));
        }
    }

    private void converse(Login made) throws InterruptedException {
        step("latency", () -> {
            RoundTrips measured = RoundTrips.measure(made.connection(), clock);
            trips = measured;
            return Findings.latency(measured);
        });
        step("clock", () -> trips == null ? skipped("clock") : Findings.clock(trips));
        step("limits", () -> {
            Limits read = Limits.read(made.connection());
            limits = read;
            return Findings.limits(read);
        });
        step(
                "route",
                () -> trips == null
                        ? skipped("route")
                        : Findings.route(target.url().pooled(), made, trips));
        step("access", () -> Findings.access(Rights.read(made.connection())));
        step(SCHEMA, () -> Findings.schema(MigrationStanding.of(made.connection())));
        step("suspend", () -> Findings.suspend(target));
    }

    private void step(String name, Look look) throws InterruptedException {
        if (obstacle != null) {
            steps.add(skipped(name));
            return;
        }
        long start = System.nanoTime();
        Step step = look(name, look);
        // A schema that cannot be used is no obstacle to seeing the rest.
        if (step.outcome() == Outcome.FAILED && !name.equals(SCHEMA)) {
            obstacle = name;
        }
        boolean timed = step.took() == null && step.outcome() != Outcome.SKIPPED && !THOUGHT.contains(name);
        steps.add(timed ? step.took(Duration.ofNanos(System.nanoTime() - start)) : step);
    }

    private Step look(String name, Look look) throws InterruptedException {
        try {
            return look.at();
        } catch (SQLException e) {
            // A lost connection ends the check; what the role may not see does not.
            Optional<DatabaseFailure> failure = FailureClassifier.classify(e, Phase.WORKING);
            return failure.map(known -> Step.failed(name, failing.words(e), Remark.of(known)))
                    .orElseGet(() -> unseen(name, e));
        } catch (IOException e) {
            return unseen(name, e);
        }
    }

    private Step unseen(String name, Exception error) {
        String words = failing.words(error);
        return Step.warning(
                name,
                words,
                Map.of(),
                Remark.warning(name + " could not be seen: " + words, "Give the role what the server says it lacks."));
    }

    private Step skipped(String name) {
        return Step.skipped(name, "not looked at: see " + (obstacle == null ? "latency" : obstacle));
    }

    private String praise() {
        String answers = trips == null ? "it answers" : "it answers in " + Figures.time(trips.percentile(0.5));
        return limits == null
                ? answers
                : answers + " and has " + limits.free() + " of " + limits.usable() + " connections free";
    }
}
