package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One reader asks for more than the database can do, and another for a little.
///
/// Two connections are each held for 50 ms: long enough that the database has them wait, and not the processors.
class FairnessIT {

    private static final int AT_ONCE = 20;
    private static final int MODEST = 30;

    private LecternServer lectern;

    @BeforeEach
    void start() throws SQLException {
        String database = TestPostgres.jdbcUrl(TestPostgres.freshDatabase());
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END $$
                    """);
            statement.execute("CREATE TRIGGER hold BEFORE INSERT ON conversation EXECUTE FUNCTION hold()");
        }
        lectern = LecternServer.start(database, Map.of("database.maximumPoolSize", "2"))
                .withPoolsBook();
    }

    @AfterEach
    void stop() {
        lectern.close();
    }

    @Test
    void who_asks_for_much_is_in_his_own_way_only() throws Exception {
        try (LecternClient greedy = lectern.reader();
                LecternClient modest = lectern.reader()) {
            Waits waits = crowd(greedy, modest);

            System.out.printf(
                    "%d requests at once by one reader: %.0f ms each; one at a time by another: %.0f ms%n",
                    AT_ONCE, waits.greedy(), waits.modest());
            assertThat(waits.refused()).as("refused of who asks for a little").isZero();
            assertThat(waits.modest()).isLessThan(waits.greedy() / 2);
        }
    }

    /// Medians in milliseconds of who asks for much and who asks for a little, and how many of the latter were refused.
    private record Waits(double greedy, double modest, long refused) {}

    private static Waits crowd(LecternClient greedy, LecternClient modest) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch crowded = new CountDownLatch(AT_ONCE);
        ConcurrentLinkedQueue<Double> served = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> crowd = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                crowd.add(threads.submit(() -> {
                    while (!over.get()) {
                        Wait wait = converse(greedy);
                        if (wait.status() == 201) {
                            served.add(wait.milliseconds());
                            crowded.countDown();
                        }
                    }
                }));
            }
            assertThat(crowded.await(30, TimeUnit.SECONDS)).isTrue();
            List<Wait> waits = new ArrayList<>();
            for (int i = 0; i < MODEST; i++) {
                waits.add(converse(modest));
            }
            over.set(true);
            for (Future<?> each : crowd) {
                each.get();
            }
            return new Waits(
                    median(List.copyOf(served)),
                    median(waits.stream().map(Wait::milliseconds).toList()),
                    waits.stream().filter(wait -> wait.status() != 201).count());
        }
    }

    private record Wait(int status, double milliseconds) {}

    private static Wait converse(LecternClient reader) {
        long start = System.nanoTime();
        int status = reader.post("/conversations", "{\"book\": \"pools\"}").status();
        return new Wait(status, (System.nanoTime() - start) / 1e6);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
