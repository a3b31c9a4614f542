package dev.lectern.neondropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Preparation;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NeonInstallationIT {

    private final Environment environment = new Environment("test");
    private final NeonUrl url = TestPostgres.url(TestPostgres.freshDatabase());

    @Test
    void gives_jdbi_as_dropwizard_makes_it_without_its_health_check() throws Exception {
        NeonInstallation neon =
                NeonInstallation.in(environment, NeonSettings.of(url), Preparation.NONE, InstantSource.system());
        start();

        UUID id = UUID.randomUUID();
        // A UUID as an argument and an array as a result need the plugin for PostgreSQL.
        UUID answer = new Database(neon.database(), neon.jdbi())
                .read(handle -> handle.createQuery("SELECT :id::uuid")
                        .bind("id", id)
                        .mapTo(UUID.class)
                        .one());

        assertThat(answer).isEqualTo(id);
        assertThat(environment.healthChecks().getNames()).doesNotContain("neon");
        assertThat(gauge("neon.pool.maximum")).isEqualTo(16);
        assertThat(gauge("neon.state")).isEqualTo("READY");

        stop();
        assertThat(neon.database().snapshot().idle()).isZero();
    }

    @Test
    void starts_without_a_database_and_migrates_it_before_anything_else_when_it_comes() throws Exception {
        String empty = "empty_" + UUID.randomUUID().toString().replace("-", "");
        try (WireTap tap = WireTap.open("localhost", TestPostgres.port())) {
            tap.refuseConnections();
            NeonUrl tapped =
                    NeonUrl.parse("postgresql://postgres@localhost:" + tap.port() + "/" + empty + "?sslmode=disable");
            AtomicInteger prepared = new AtomicInteger();
            NeonInstallation neon = NeonInstallation.in(
                    environment,
                    NeonSettings.of(tapped),
                    connection -> {
                        new Migrations(tapped).prepare(connection);
                        prepared.incrementAndGet();
                    },
                    InstantSource.system());
            start();
            assertThat(neon.database().snapshot().state().status()).isEqualTo(Status.DOWN);

            create(empty);
            tap.resume();
            Database database = new Database(neon.database(), neon.jdbi());
            long books =
                    EventuallyServed.of(() -> database.read(handle -> handle.createQuery("SELECT count(*) FROM book")
                            .mapTo(Long.class)
                            .one()));

            assertThat(books).isZero();
            assertThat(prepared).hasValue(1);
            stop();
        }
    }

    @Test
    void is_a_bundle_too() throws Exception {
        NeonBundle<Configuration> bundle = new NeonBundle<>(configuration -> NeonSettings.of(url));
        bundle.run(new Configuration(), environment);
        start();

        assertThat(new Database(bundle.database(), bundle.jdbi())
                        .<Integer>read(handle ->
                                handle.select("SELECT 6").mapTo(Integer.class).one()))
                .isEqualTo(6);
        stop();
    }

    private Object gauge(String name) {
        return Objects.requireNonNull(environment.metrics().getGauges().get(name))
                .getValue();
    }

    private void start() throws Exception {
        for (var managed : environment.lifecycle().getManagedObjects()) {
            managed.start();
        }
    }

    private void stop() throws Exception {
        for (var managed : environment.lifecycle().getManagedObjects()) {
            managed.stop();
        }
    }

    private static void create(String database) throws SQLException {
        try (var connection = TestPostgres.administrator();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
    }
}
