package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.monitor.SlotHolder;
import dev.lectern.persistence.MigrationStanding;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void a_slow_login_to_a_server_that_was_awake_is_a_warning_and_one_that_woke_it_is_none() {
        Step slow = Findings.login(login(Duration.ofSeconds(3), Duration.ofHours(5), Duration.ofMillis(1), 7, 7));
        Step woke = Findings.login(login(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(1), 7, 7));

        assertThat(slow.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(woke.outcome()).isEqualTo(Outcome.OK);
        assertThat(woke.seen()).isEqualTo("PostgreSQL 18.6; it was asleep, and this check woke it in 3.0 s");
    }

    @Test
    void one_slow_round_trip_of_twenty_is_no_warning_and_a_slow_median_is_one() {
        assertThat(Findings.latency(trips(1, 500, 1)).outcome()).isEqualTo(Outcome.OK);
        assertThat(Findings.latency(trips(1, 500, 2)).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(Findings.latency(trips(51, 51, 0)).seen()).isEqualTo("p50 51 ms, p95 51 ms over 20 round trips");
        assertThat(Findings.latency(trips(51, 51, 0)).outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void clocks_are_the_same_as_far_as_half_a_round_trip_can_tell() {
        assertThat(Findings.clock(skewed(Duration.ofMillis(4))).seen())
                .isEqualTo("the same as here, as far as 5.0 ms can tell");
        assertThat(Findings.clock(skewed(Duration.ofMillis(-900))).seen())
                .isEqualTo("the server's is 900 ms behind this machine's");
        assertThat(Findings.clock(skewed(Duration.ofMillis(-900))).outcome()).isEqualTo(Outcome.OK);
        assertThat(Findings.clock(skewed(Duration.ofSeconds(3))).outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void less_than_a_tenth_of_the_connections_free_is_a_warning_that_names_who_holds_most() {
        Step plenty = Findings.limits(limits(80));
        Step scarce = Findings.limits(limits(88));

        assertThat(plenty.outcome()).isEqualTo(Outcome.OK);
        assertThat(plenty.seen())
                .isEqualTo(
                        "16 of 97 free (104, of which 7 are reserved); held by etl as loader (80), lectern as app (1)");
        assertThat(scarce.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(remark(scarce).sentence())
                .isEqualTo("only 8 of 97 connections are free; most are held by etl as loader (88)");
    }

    @Test
    void a_session_that_is_older_than_the_login_is_a_poolers() {
        Login inherited = login(Duration.ofMillis(20), Duration.ofHours(1), Duration.ofMinutes(3), 7, 8);
        Login own = login(Duration.ofMillis(20), Duration.ofHours(1), Duration.ofMillis(10), 7, 7);
        Login proxied = login(Duration.ofMillis(20), Duration.ofHours(1), Duration.ofMillis(10), 7, 8);

        assertThat(Findings.route(false, inherited, trips(1, 1, 0)).figures()).containsEntry("behaves", "pooled");
        assertThat(Findings.route(false, own, trips(1, 1, 0)).figures()).containsEntry("behaves", "direct");
        assertThat(Findings.route(false, proxied, trips(1, 1, 0)).figures()).containsEntry("behaves", "proxied");
        assertThat(Findings.route(false, inherited, trips(1, 1, 0)).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(Findings.route(true, inherited, trips(1, 1, 0)).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void a_role_that_may_not_make_tables_is_told_what_to_grant() {
        Rights rights = new Rights("reader", "public", false, false, false, List.of(), List.of(), List.of());

        assertThat(remark(Findings.access(rights)).next())
                .isEqualTo("GRANT CREATE ON SCHEMA public TO reader, for migrations.");
    }

    @Test
    void a_replica_is_read_only_in_the_words_of_the_server() {
        Rights rights = new Rights("reader", "public", true, true, true, List.of(), List.of(), List.of());

        assertThat(remark(Findings.access(rights)).failure()).isEqualTo("read-only/read-only");
        assertThat(Findings.access(rights).seen()).isEqualTo("reader can read; nobody can write: a replica");
    }

    @Test
    void a_failed_migration_counts_before_missing_ones() {
        MigrationStanding standing = new MigrationStanding(List.of("1"), List.of("2", "3"), List.of(), List.of("2"));

        assertThat(Findings.schema(standing).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(Findings.schema(standing).seen()).isEqualTo("the migration 2 has failed");
    }

    @Test
    void neon_suspends_and_nobody_else_is_known_to() {
        NeonUrl neon = NeonUrl.parse("postgresql://u:p@ep-a-1.eu-central-1.aws.neon.tech/db");

        assertThat(Findings.suspend(DatabaseTarget.at(neon)).seen())
                .isEqualTo("after 5 min without activity, by the configuration; this check was one");
        assertThat(Findings.suspend(DatabaseTarget.at(NeonUrl.parse("postgresql://u:p@db.example.org/db")))
                        .outcome())
                .isEqualTo(Outcome.SKIPPED);
    }

    private static Remark remark(Step step) {
        return Objects.requireNonNull(step.remark());
    }

    private static Login login(Duration took, Duration serverAge, Duration sessionAge, int announced, int pid) {
        Connection none = (Connection) Proxy.newProxyInstance(
                FindingsTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException();
                });
        return new Login(none, took, took, "18.6", serverAge, sessionAge, announced, pid);
    }

    private static RoundTrips trips(int millis, int slowMillis, int slow) {
        List<Duration> times = IntStream.range(0, RoundTrips.COUNT)
                .mapToObj(i -> Duration.ofMillis(i < RoundTrips.COUNT - slow ? millis : slowMillis))
                .toList();
        return new RoundTrips(times, Set.of(7), Duration.ZERO);
    }

    private static RoundTrips skewed(Duration skew) {
        return new RoundTrips(trips(10, 10, 0).times(), Set.of(7), skew);
    }

    private static Limits limits(int taken) {
        return new Limits(104, 7, List.of(new SlotHolder("etl", "loader", taken), new SlotHolder("lectern", "app", 1)));
    }
}
