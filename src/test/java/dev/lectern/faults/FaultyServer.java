package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TemporaryFolder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The application on the gateway, with a database of its own that a test may treat as it likes. As an extension it
/// serves again after each test of a class, and ends after the last.
final class FaultyServer implements AutoCloseable, AfterEachCallback, AfterAllCallback {

    private static final String POOL_SIZE = "database.maximumPoolSize";

    private final TemporaryFolder home;
    private final EmbeddedDatabase database;
    private final LecternServer lectern;
    private final Vitals vitals;

    private FaultyServer(TemporaryFolder home, EmbeddedDatabase database, LecternServer lectern, long poolSize) {
        this.home = home;
        this.database = database;
        this.lectern = lectern;
        this.vitals = Vitals.of(lectern, poolSize);
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
        TemporaryFolder home = TemporaryFolder.create("faults");
        EmbeddedDatabase database =
                EmbeddedDatabase.start(EmbeddedDatabaseSettings.in(home.path()).withGateway(settings));
        Map<String, String> all = new HashMap<>(Map.of(POOL_SIZE, "16"));
        all.put("database.directUrl", database.jdbcUrl());
        all.putAll(keys);
        LecternServer lectern =
                LecternServer.start(database.jdbcUrl() + parameters, all).withPoolsBook();
        return new FaultyServer(home, database, lectern, Long.parseLong(all.getOrDefault(POOL_SIZE, "")));
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

    /// Readers, one in five of whose requests write, and one more who asks.
    Readers readers(int count) {
        return readersWhoDoNotAsk(count).andOneWhoAsks(lectern.url());
    }

    Readers readersWhoDoNotAsk(int count) {
        return Readers.of(lectern.url(), count, 5, Duration.ofMillis(20));
    }

    /// What holds whatever the fault was: what was acknowledged is there, once; every reply was in time, and said so
    /// where it was not saved; nothing is left in use; and the process was alive.
    void assertNothingLostOrLeft(Readers readers) {
        readers.assertNothingLost();
        assertNothingLeft();
    }

    void assertNothingLeft() {
        vitals.assertNothingLeft();
    }

    /// A number among the metrics of the admin port.
    long gauge(String name) {
        return vitals.gauge(name);
    }

    String state() {
        return vitals.state();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        clear();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        vitals.close();
        lectern.close();
        database.close();
        home.close();
    }
}
