package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The application on the gateway, with a database of its own that a test may treat as it likes.
final class FaultyServer implements AutoCloseable {

    private static final String POOL_SIZE = "database.maximumPoolSize";

    private final Path home;
    private final EmbeddedDatabase database;
    private final LecternServer lectern;
    private final long poolSize;

    private FaultyServer(Path home, EmbeddedDatabase database, LecternServer lectern, long poolSize) {
        this.poolSize = poolSize;
        this.home = home;
        this.database = database;
        this.lectern = lectern;
    }

    /// One whose compute wakes within the given time and sleeps only when told to.
    static FaultyServer start(Duration wake) {
        return start(GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withWakeDelay(wake), Map.of());
    }

    /// One with further keys of the configuration.
    static FaultyServer start(GatewaySettings settings, Map<String, String> keys) {
        return start(settings, "", keys);
    }

    /// One behind the pooler.
    static FaultyServer startPooled() {
        return start(
                GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO),
                "&options=endpoint%3Dep-embedded-pooler",
                Map.of());
    }

    private static FaultyServer start(GatewaySettings settings, String parameters, Map<String, String> keys) {
        try {
            Path home = Files.createTempDirectory("faults");
            EmbeddedDatabase database =
                    EmbeddedDatabase.start(EmbeddedDatabaseSettings.in(home).withGateway(settings));
            Map<String, String> all = new HashMap<>(Map.of(POOL_SIZE, "16"));
            all.put("database.directUrl", database.jdbcUrl());
            all.putAll(keys);
            LecternServer lectern =
                    LecternServer.start(database.jdbcUrl() + parameters, all).withPoolsBook();
            return new FaultyServer(home, database, lectern, Long.parseLong(all.getOrDefault(POOL_SIZE, "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Gateway gateway() {
        return database.gateway();
    }

    void inject(Fault fault) {
        gateway().faults().inject(fault);
    }

    /// Ends all faults, and waits until the database serves again.
    void clear() {
        gateway().faults().clear();
        try (LecternClient reader = lectern.reader()) {
            long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
            while (reader.get("/conversations").status() != 200) {
                assertThat(System.nanoTime()).as("it does not come back").isLessThan(deadline);
            }
        }
    }

    /// How to connect past Lectern, as another program does.
    String jdbcUrl() {
        return database.jdbcUrl();
    }

    LecternServer lectern() {
        return lectern;
    }

    /// Readers, one in five of whose requests write.
    Readers readers(int count) {
        return Readers.of(lectern.url(), count, 5, Duration.ofMillis(20));
    }

    /// What holds whatever the fault was: nothing acknowledged is lost, nothing is doubled, nothing is left in use, and
    /// the process is alive.
    void assertNothingLostOrLeft(Readers readers) {
        assertThat(readers.lost()).as("acknowledged writes that are lost").isZero();
        assertThat(readers.doubled()).as("writes that were done twice").isZero();
        assertThat(gauge("neon.permits.out")).as("permits left out").isZero();
        assertThat(gauge("neon.pool.active")).as("connections left in use").isZero();
        assertThat(gauge("neon.pool.idle")).as("connections of the pool").isLessThanOrEqualTo(poolSize);
        assertThat(get("/health-check?type=alive").statusCode()).isEqualTo(200);
    }

    /// A number among the metrics of the admin port.
    long gauge(String name) {
        return ((Number) value(name)).longValue();
    }

    String state() {
        return value("neon.state").toString();
    }

    private Object value(String name) {
        Gauge<?> gauge = Objects.requireNonNull(lectern.metrics().getGauges().get(name), name);
        return Objects.requireNonNull(gauge.getValue(), name);
    }

    HttpResponse<String> get(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(lectern.adminUrl() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        lectern.close();
        database.close();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
