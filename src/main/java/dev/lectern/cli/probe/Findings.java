package dev.lectern.cli.probe;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.monitor.SlotHolder;
import dev.lectern.persistence.MigrationStanding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The rules by which what a connection has shown becomes a step: what is well, and what is not.
final class Findings {

    /// Half of what a question may take, for it makes two round trips.
    private static final Duration FAR = Duration.ofMillis(50);

    private static final Duration UNSTEADY = Duration.ofMillis(200);
    private static final Duration SLOW_LOGIN = Duration.ofSeconds(2);
    private static final Duration LARGE_SKEW = Duration.ofSeconds(2);
    private static final int SHOWN_HOLDERS = 5;
    private static final int SCARCE = 10;

    private Findings() {}

    static Step login(Login login) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("woke", login.woke());
        figures.put("server_version", login.version());
        figures.put("server_up_s", login.serverAge().toSeconds());
        String server = "PostgreSQL " + login.version();
        if (login.woke()) {
            String woke = "it was asleep, and this check woke it in " + Figures.time(login.took());
            return Step.ok("login", server + "; " + woke, figures).noting(Remark.note(woke, null));
        }
        String up = server + ", up for " + Figures.age(login.serverAge());
        if (login.took().compareTo(SLOW_LOGIN) >= 0) {
            return Step.warning(
                    "login",
                    up + ": awake, and yet the login was slow",
                    figures,
                    Remark.warning(
                            "the login took " + Figures.time(login.took()) + " though the server was awake",
                            "Check again: if it stays so, logins are limited, or the way to the server is bad."));
        }
        return Step.ok("login", up, figures);
    }

    static Step latency(RoundTrips trips) {
        Duration p50 = trips.percentile(0.5);
        Duration p95 = trips.percentile(0.95);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("round_trips", trips.times().size());
        figures.put("p50_ms", Figures.millis(p50));
        figures.put("p95_ms", Figures.millis(p95));
        String seen = "p50 " + Figures.time(p50) + ", p95 " + Figures.time(p95) + " over "
                + trips.times().size() + " round trips";
        if (p50.compareTo(FAR) > 0) {
            return Step.warning(
                    "latency",
                    seen,
                    figures,
                    Remark.warning(
                            "the server is far away: a round trip takes " + Figures.time(p50),
                            "Run Lectern in the region of the database."));
        }
        if (p95.compareTo(UNSTEADY) > 0) {
            return Step.warning(
                    "latency",
                    seen,
                    figures,
                    Remark.warning(
                            "some round trips take " + Figures.time(p95),
                            "See whether the server is busy, or the network between."));
        }
        return Step.ok("latency", seen, figures);
    }

    static Step clock(RoundTrips trips) {
        Duration half = trips.times().getFirst().dividedBy(2);
        Duration skew = trips.skew();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("skew_ms", Figures.millis(skew));
        figures.put("within_ms", Figures.millis(half));
        if (skew.abs().compareTo(half) <= 0) {
            return Step.ok("clock", "the same as here, as far as " + Figures.time(half) + " can tell", figures);
        }
        String seen = "the server's is " + Figures.time(skew.abs()) + (skew.isNegative() ? " behind" : " ahead of")
                + " this machine's";
        return skew.abs().minus(half).compareTo(LARGE_SKEW) <= 0
                ? Step.ok("clock", seen, figures)
                : Step.warning(
                        "clock",
                        seen,
                        figures,
                        Remark.warning(
                                "the clocks differ by " + Figures.time(skew.abs()),
                                "Have this machine's clock set by NTP."));
    }

    static Step limits(Limits limits) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("max_connections", limits.maximum());
        figures.put("reserved", limits.reserved());
        figures.put("in_use", limits.inUse());
        figures.put("free", limits.free());
        figures.put("holders", limits.holders());
        String held = limits.holders().stream()
                .limit(SHOWN_HOLDERS)
                .map(Findings::text)
                .collect(Collectors.joining(", "));
        String seen = String.format(
                Locale.ROOT,
                "%d of %d free (%d, of which %d are reserved); held by %s",
                limits.free(),
                limits.usable(),
                limits.maximum(),
                limits.reserved(),
                held);
        if (limits.free() > limits.usable() / SCARCE) {
            return Step.ok("limits", seen, figures);
        }
        String most =
                limits.holders().isEmpty() ? "nobody" : text(limits.holders().getFirst());
        return Step.warning(
                "limits",
                seen,
                figures,
                Remark.warning(
                        "only " + limits.free() + " of " + limits.usable() + " connections are free; most are held by "
                                + most,
                        "Have it release some, or use a larger compute."));
    }

    private static String text(SlotHolder holder) {
        return holder.application() + " as " + holder.role() + " (" + holder.connections() + ")";
    }

    static Step route(boolean named, Login login, RoundTrips trips) {
        boolean pooler = trips.pids().size() > 1 || login.inheritsSession();
        boolean direct = !pooler && login.announcedPid() == login.pid();
        String behaves = pooler ? "pooled" : direct ? "direct" : "proxied";
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("named", named ? "pooled" : "direct");
        figures.put("behaves", behaves);
        String seen = (named ? "a pooler by its name; " : "direct by its name; ")
                + switch (behaves) {
                    case "pooled" -> "by its behaviour a pooler: the session is not this connection's own";
                    case "direct" -> "by its behaviour direct: the session is this connection's own";
                    default -> "by its behaviour a proxy is between, with a session for this connection";
                };
        if (pooler && !named) {
            return Step.warning(
                    "route",
                    seen,
                    figures,
                    Remark.warning(
                            "there is a pooler that the connection string does not name",
                            "Set DATABASE_URL_DIRECT to a way around it: migrations need a session."));
        }
        return Step.ok("route", named ? seen + "; migrations go by DATABASE_URL_DIRECT" : seen, figures);
    }

    static Step access(Rights rights) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("role", rights.role());
        figures.put("schema", String.valueOf(rights.schema()));
        figures.put("creates", rights.creates());
        figures.put("read_only", rights.readOnly());
        figures.put("tables", rights.present());
        figures.put("unreadable", rights.unreadable());
        figures.put("unwritable", rights.unwritable());
        if (rights.readOnly()) {
            DatabaseFailure failure = new ReadOnly(ReadOnly.Reason.READ_ONLY);
            return Step.warning(
                    "access",
                    rights.role() + " can read; nobody can write: " + (rights.replica() ? "a replica" : "read-only"),
                    figures,
                    Remark.of(failure));
        }
        List<String> closed = rights.unreadable().isEmpty() ? rights.unwritable() : rights.unreadable();
        if (!closed.isEmpty()) {
            String may = rights.unreadable().isEmpty() ? " may not write " : " may not read ";
            String what = rights.role() + may + String.join(", ", closed);
            return Step.warning(
                    "access",
                    what,
                    figures,
                    Remark.warning(
                            what,
                            "Grant " + rights.role() + " SELECT, INSERT, UPDATE and DELETE on Lectern's tables."));
        }
        String tables = rights.present().isEmpty() ? "" : "reads and writes Lectern's tables, and ";
        String schema = "schema " + (rights.schema() == null ? "that its search path names" : rights.schema());
        if (!rights.creates()) {
            String what = rights.role() + " may not make tables in the " + schema;
            Remark remark = Remark.warning(
                    what, "GRANT CREATE ON SCHEMA " + rights.schema() + " TO " + rights.role() + ", for migrations.");
            return Step.warning("access", what, figures, remark);
        }
        return Step.ok("access", rights.role() + " " + tables + "may make tables in the " + schema, figures);
    }

    static Step schema(MigrationStanding standing) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("applied", standing.applied());
        figures.put("missing", standing.missing());
        figures.put("unknown", standing.unknown());
        figures.put("failed", standing.failed());
        if (standing.untouched()) {
            return Step.ok("schema", "Lectern has never been here", figures)
                    .noting(Remark.note(
                            "Lectern has never been here",
                            "bin/lectern migrate makes its tables, and so does its first start."));
        }
        if (!standing.failed().isEmpty()) {
            DatabaseFailure failure = new Down(Down.Reason.PREPARATION);
            String what = "the migration " + standing.failed().getFirst() + " has failed";
            return new Step(
                    "schema",
                    Outcome.FAILED,
                    what,
                    null,
                    figures,
                    new Remark(Level.DOWN, failure.slug(), what, Advice.next(failure)));
        }
        if (!standing.unknown().isEmpty()) {
            String what = "the schema is ahead of this Lectern by " + count(standing.unknown()) + ", up to "
                    + standing.unknown().getLast();
            return Step.warning(
                    "schema", what, figures, Remark.warning(what, "Run the newer Lectern that migrated it."));
        }
        if (!standing.missing().isEmpty()) {
            String what = "the schema is behind by " + count(standing.missing()) + ", first "
                    + standing.missing().getFirst();
            return Step.warning(
                    "schema",
                    what,
                    figures,
                    Remark.warning(what, "Run bin/lectern migrate; a start of Lectern does it, too."));
        }
        return Step.ok("schema", "up to date, " + count(standing.applied()), figures);
    }

    private static String count(List<String> versions) {
        return versions.size() == 1 ? "1 migration" : versions.size() + " migrations";
    }

    static Step suspend(DatabaseTarget target) {
        if (!target.url().neon() && !target.embedded()) {
            return Step.skipped("suspend", "neither Neon's nor embedded: nobody suspends it, as far as is known");
        }
        Map<String, Object> figures = Map.of("suspend_after_s", target.suspend().toSeconds());
        if (target.suspend().isZero()) {
            return Step.ok("suspend", "never, by the configuration", figures);
        }
        return Step.ok(
                "suspend",
                "after " + Figures.age(target.suspend())
                        + " without activity, by the configuration; this check was one",
                figures);
    }
}
