package dev.lectern.faults;

import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two replicas share the connections of one compute.
@Tag("faults")
class ReplicaFaultIT {

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final int ASKED_FOR = 90;
    private static final int BUDGET = 87;
    private static final int READERS = 60;

    @Test
    void two_replicas_keep_to_one_budget_also_while_one_of_them_loses_all_it_has() throws Exception {
        Map<String, String> greedy = Map.of("database.maximumPoolSize", "" + ASKED_FOR, "database.replicas", "2");
        try (FaultyServer one = FaultyServer.start(
                        GatewaySettings.DEFAULT
                                .withSuspendAfter(Duration.ZERO)
                                .withRoundTripDelay(Duration.ofMillis(20)),
                        greedy);
                LecternServer two = LecternServer.start(one.jdbcUrl(), greedy);
                Vitals vitalsOfTwo = Vitals.of(two, ASKED_FOR);
                Readers ofOne = readers(one.lectern().url());
                Readers ofTwo = readers(two.url())) {
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> most = CompletableFuture.supplyAsync(() -> most(one.jdbcUrl(), over));
            ofOne.await(1_000, Sample::served);
            ofTwo.await(1_000, Sample::served);
            one.inject(new Fault.CutConnections());
            ofOne.await(1_000, Sample::served);
            ofTwo.await(1_000, Sample::served);
            Samples first = ofOne.stop();
            Samples second = ofTwo.stop();
            over.set(true);

            FaultReport.row(
                    31,
                    "two replicas that ask for 90 connections each, all of which are cut once",
                    "sum ≤ budget at each instant (a fixed half each: there are no leases yet)",
                    "at most %d of %d connections, seen every %d ms; %s and %s of %d and %d served"
                            .formatted(
                                    most.get(),
                                    BUDGET,
                                    INTERVAL.toMillis(),
                                    percent(first.share(Sample::served)),
                                    percent(second.share(Sample::served)),
                                    first.count(),
                                    second.count()),
                    getClass());
            assertThat(most.get()).isPositive().isLessThanOrEqualTo(BUDGET);
            assertThat(first.where(Sample::failed).all()).isEmpty();
            assertThat(second.where(Sample::failed).all()).isEmpty();
            one.assertNothingLostOrLeft(ofOne);
            ofTwo.assertNothingLost();
            vitalsOfTwo.assertNothingLeft();
        }
    }

    private static Readers readers(URI server) {
        return Readers.of(server, READERS, 5, Duration.ZERO).andOneWhoAsks(server);
    }

    /// The most connections of Lectern that there are at once, until it is over.
    private static int most(String url, AtomicBoolean over) {
        int most = 0;
        while (!over.get()) {
            try (Connection observer = DriverManager.getConnection(url);
                    Statement statement = observer.createStatement()) {
                while (!over.get()) {
                    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND application_name LIKE 'lectern%'")) {
                        count.next();
                        most = Math.max(most, count.getInt(1));
                    }
                    LockSupport.parkNanos(INTERVAL.toNanos());
                }
            } catch (SQLException e) {
                // The observer's connection is cut with all others, and is made anew.
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        }
        return most;
    }
}
