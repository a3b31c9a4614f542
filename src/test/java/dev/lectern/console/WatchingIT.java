package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.EventStream;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An open console harms neither Neon's bill nor readers, and readers do not harm it.
@Timeout(120)
@Tag("alone")
class WatchingIT {

    private static final Duration SUSPEND = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    /// A refused reader does not ask again at once.
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(100);

    @TempDir
    Path home;

    private EmbeddedDatabase database;

    @BeforeEach
    void start() {
        database = EmbeddedDatabase.start(Homes.filled(home)
                .withGateway(GatewaySettings.DEFAULT.withSuspendAfter(SUSPEND).withWakeDelay(Duration.ZERO)));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void five_open_consoles_do_not_keep_the_compute_awake() throws Exception {
        try (LecternServer lectern = lectern(16);
                OperatorClient operator = new OperatorClient(lectern)) {
            List<EventStream> streams = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                streams.add(operator.watch());
            }
            operator.act("warm-up", "{}");
            long logins = database.gateway().counts().logins();

            assertThat(database.gateway().compute().await(Compute.State.IDLE, LONG))
                    .isTrue();
            for (EventStream stream : streams) {
                awaitStatus(stream, "asleep");
            }
            for (String panel :
                    List.of("snapshot", "timeline", "connections", "warmup", "fleet", "bundle", "threads")) {
                assertThat(operator.get("/api/" + panel).status()).isEqualTo(200);
            }

            assertThat(operator.get("/api/connections?server=true").status()).isEqualTo(409);
            assertThat(database.gateway().compute().state()).isEqualTo(Compute.State.IDLE);
            assertThat(database.gateway().counts().logins()).isEqualTo(logins);
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void a_stream_sends_state_points_and_entries_and_goes_on_where_it_was() {
        try (LecternServer lectern = lectern(16);
                OperatorClient operator = new OperatorClient(lectern)) {
            String id;
            try (EventStream stream = operator.watch()) {
                assertThat(next(stream, "snapshot")
                                .data()
                                .at("/verdict/sentence")
                                .asText())
                        .isNotEmpty();
                assertThat(next(stream, "point").data().at("/maximum").isInt()).isTrue();
                operator.act("resume", "{\"reason\": \"to see it\"}");
                Event entry = nextAction(stream);
                assertThat(entry.data().at("/reason").asText()).isEqualTo("to see it");
                id = entry.id();
            }
            operator.act("resume", "{\"reason\": \"unseen\"}");
            try (EventStream stream = operator.watch("Last-Event-ID", id)) {
                assertThat(nextAction(stream).data().at("/reason").asText()).isEqualTo("unseen");
            }
            assertThat(operator.get("/api/events", "Accept", "text/event-stream", "Last-Event-ID", "x")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void answers_while_all_permits_are_taken_and_the_database_says_nothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> flood = new ArrayList<>();
        try (LecternServer lectern = lectern(2);
                LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            for (int i = 0; i < 20; i++) {
                operator.get("/api/snapshot");
            }
            reader.get("/conversations");
            database.gateway().faults().inject(new Fault.BlackHole());
            for (int i = 0; i < 100; i++) {
                flood.add(Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        if (reader.get("/conversations").status() == 503) {
                            LockSupport.parkNanos(AFTER_REFUSAL.toNanos());
                        }
                    }
                }));
            }
            while (operator.get("/api/snapshot").json().at("/totals/refused").asLong() < 50) {
                Thread.onSpinWait();
            }

            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < 41; i++) {
                long begin = System.nanoTime();
                assertThat(operator.get("/api/snapshot").status()).isEqualTo(200);
                times.add(Duration.ofNanos(System.nanoTime() - begin));
            }
            Collections.sort(times);

            assertThat(times.get(20)).isLessThan(Duration.ofMillis(100));
            over.set(true);
            for (Thread thread : flood) {
                thread.join();
            }
        }
    }

    private LecternServer lectern(int connections) {
        return LecternServer.start(
                database.jdbcUrl(),
                Map.of(
                        "warmup.policy",
                        "off",
                        "database.maximumPoolSize",
                        Integer.toString(connections),
                        "database.suspendTimeout",
                        SUSPEND.toSeconds() + "s"));
    }

    private static Event next(EventStream stream, String name) {
        Event event = stream.next();
        while (!event.name().equals(name)) {
            event = stream.next();
        }
        return event;
    }

    /// What an operator has done. The database may have fallen asleep before it, which is an entry, too.
    private static Event nextAction(EventStream stream) {
        Event entry = next(stream, "entry");
        while (!entry.data().at("/kind").asText().equals("action")) {
            entry = next(stream, "entry");
        }
        return entry;
    }

    private static void awaitStatus(EventStream stream, String status) {
        while (!next(stream, "snapshot").data().at("/database/status").asText().equals(status)) {
            Thread.onSpinWait();
        }
    }
}
