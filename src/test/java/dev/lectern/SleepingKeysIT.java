package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// API keys on a compute that is suspended after two seconds: they neither keep it awake nor wake it,
/// unless what is asked does.
@Timeout(120)
class SleepingKeysIT {

    private static final Duration SUSPEND = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    Path home;

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
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
    void keys_let_the_database_fall_asleep_and_sleep_on() throws Exception {
        try (LecternServer lectern = lectern().withPoolsBook();
                OperatorClient operator = new OperatorClient(lectern)) {
            ApiKeyRegister keys =
                    new ApiKeyRegister(TestPostgres.open(NeonUrl.parse(database.jdbcUrl())), InstantSource.system());
            ApiKeyRegister.Created scraping = keys.create("Prometheus", Set.of(Scope.ADMIN_READ), null);
            ApiKeyRegister.Created chatting = keys.create("a site", Set.of(Scope.CHAT), null);
            assertThat(operator.send("POST", "/tasks/refresh-api-keys", "").status())
                    .isEqualTo(200);

            AtomicReference<Integer> worst = new AtomicReference<>(200);
            Thread scraper = Thread.ofVirtual().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    passed.updateAndGet(time -> time.plusSeconds(15));
                    worst.accumulateAndGet(
                            operator.get("/metrics", "Authorization", "Bearer " + scraping.text())
                                    .status(),
                            Math::max);
                    LockSupport.parkNanos(50_000_000);
                }
            });
            assertThat(database.gateway().compute().await(Compute.State.IDLE, LONG))
                    .isTrue();
            try (LecternClient stranger =
                    new LecternClient(lectern.url()).bearing("lk_aaaaaaaaaaaa_" + "A".repeat(43))) {
                for (int i = 0; i < 20; i++) {
                    assertThat(stranger.get("/conversations").status()).isEqualTo(401);
                }
            }
            assertThat(database.gateway().compute().await(Compute.State.ACTIVE, SUSPEND))
                    .isFalse();
            scraper.interrupt();
            scraper.join();
            assertThat(worst.get()).isEqualTo(200);

            try (LecternClient site = new LecternClient(lectern.url()).bearing(chatting.text())) {
                assertThat(site.ask(site.converse("pools"), "What is a permit?")
                                .json()
                                .at("/saved")
                                .asBoolean())
                        .isTrue();
            }
        }
    }

    @Test
    void a_revoked_key_that_looks_ends_though_nobody_uses_the_database() throws Exception {
        try (LecternServer lectern = lectern();
                OperatorClient operator = new OperatorClient(lectern)) {
            ApiKeyRegister keys =
                    new ApiKeyRegister(TestPostgres.open(NeonUrl.parse(database.jdbcUrl())), InstantSource.system());
            ApiKeyRegister.Created scraping = keys.create("Prometheus", Set.of(Scope.ADMIN_READ), null);
            assertThat(operator.send("POST", "/tasks/refresh-api-keys", "").status())
                    .isEqualTo(200);
            keys.revoke(scraping.key().id());
            assertThat(database.gateway().compute().await(Compute.State.IDLE, LONG))
                    .isTrue();
            assertThat(look(operator, scraping)).isEqualTo(200);
            assertThat(database.gateway().compute().await(Compute.State.ACTIVE, SUSPEND))
                    .isFalse();

            passed.set(Duration.ofHours(6));
            // A look waits for the wake, but not for a long one.
            while (look(operator, scraping) != 401) {
                LockSupport.parkNanos(50_000_000);
            }

            assertThat(database.gateway().compute().await(Compute.State.IDLE, LONG))
                    .isTrue();
            passed.set(Duration.ofHours(24));
            assertThat(look(operator, scraping)).isEqualTo(401);
            assertThat(database.gateway().compute().await(Compute.State.ACTIVE, SUSPEND))
                    .isFalse();
        }
    }

    private static int look(OperatorClient operator, ApiKeyRegister.Created key) {
        return operator.get("/metrics", "Authorization", "Bearer " + key.text()).status();
    }

    private LecternServer lectern() {
        return LecternServer.start(
                database.jdbcUrl(),
                Map.of(
                        "warmup.policy",
                        "off",
                        "warmup.earlyWake",
                        "false",
                        "database.suspendTimeout",
                        SUSPEND.toSeconds() + "s",
                        "database.requestDeadline",
                        LONG.toSeconds() + "s"),
                () -> Instant.now().plus(passed.get()));
    }
}
