package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Old conversations are deleted on a compute that is suspended after two seconds, and it is not kept from that.
@Timeout(120)
class RetentionSilenceIT {

    private static final Duration SUSPEND = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private EmbeddedDatabase database;

    @BeforeEach
    void start() {
        database = EmbeddedDatabase.start(
                Homes.filled(home).withGateway(GatewaySettings.DEFAULT.withSuspendAfter(SUSPEND)));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void nothing_is_deleted_while_it_sleeps_and_it_sleeps_again_once_readers_have_gone() throws Exception {
        try (LecternServer lectern = LecternServer.start(
                        database.jdbcUrl(),
                        Map.of(
                                "warmup.policy", "off",
                                "warmup.earlyWake", "false",
                                "privacy.keepConversations", "180d",
                                "database.suspendTimeout", SUSPEND.toSeconds() + "s",
                                "database.requestDeadline", LONG.toSeconds() + "s"),
                        () -> Instant.now().plus(later.get()));
                LecternClient reader = lectern.reader()) {
            // Made and touched a year ago, 120 of them: three parts.
            Homes.execute(database.jdbcUrl(), """
                    INSERT INTO conversation (id, reader, created_at, updated_at)
                    SELECT (lpad(to_hex((extract(epoch FROM now() - interval '1 year') * 1000)::bigint + n), 12, '0')
                               || '70008000000000000000')::uuid,
                           gen_random_uuid(), now() - interval '1 year', now() - interval '1 year'
                    FROM generate_series(1, 120) n
                    """);
            assertThat(awaits(Compute.State.IDLE, LONG)).isTrue();
            // The start itself may have looked already, and then rests for an hour.
            later.set(Duration.ofHours(2));

            assertThat(awaits(Compute.State.ACTIVE, SUSPEND.multipliedBy(2))).isFalse();
            assertThat(deleted(lectern)).isZero();

            reader.post("/conversations", "{}");
            // In passing: what does not come to it in a second leaves it to the next request.
            for (int i = 0; i < 400 && deleted(lectern) == 0; i++) {
                reader.get("/conversations");
                LockSupport.parkNanos(50_000_000);
            }
            assertThat(deleted(lectern)).isEqualTo(50);

            assertThat(awaits(Compute.State.IDLE, LONG)).isTrue();
            assertThat(awaits(Compute.State.ACTIVE, SUSPEND.multipliedBy(2))).isFalse();
            assertThat(deleted(lectern)).isEqualTo(50);
        }
        assertThat(Homes.query(database.jdbcUrl(), "SELECT count(*) FROM conversation"))
                .isEqualTo("71");
    }

    private boolean awaits(Compute.State state, Duration atMost) throws InterruptedException {
        return database.gateway().compute().await(state, atMost);
    }

    private static long deleted(LecternServer lectern) {
        return lectern.metrics().counter("retention.conversations.deleted").getCount();
    }
}
