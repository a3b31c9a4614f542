package dev.lectern.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.Faults;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.TemporaryFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An embedded database that all tests of a class share. A fault ends with the test that has injected it.
public final class SharedDatabase implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final TemporaryFolder home = TemporaryFolder.create("embedded");
    private final GatewaySettings behaviour;
    private final List<String> statements;
    private @Nullable EmbeddedDatabase database;

    /// @param statements are executed when it has started
    public SharedDatabase(GatewaySettings behaviour, String... statements) {
        this.behaviour = behaviour;
        this.statements = List.of(statements);
    }

    /// One that is never suspended by itself, and wakes at once where a test suspends it.
    public static SharedDatabase sleepless(String... statements) {
        return new SharedDatabase(
                GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withWakeDelay(Duration.ZERO), statements);
    }

    public Path home() {
        return home.path();
    }

    public Gateway gateway() {
        return running().gateway();
    }

    public Faults faults() {
        return gateway().faults();
    }

    public String jdbcUrl() {
        return running().jdbcUrl();
    }

    public void inject(Fault fault) {
        faults().inject(fault);
    }

    public Connection connect() throws SQLException {
        return connect("");
    }

    /// A connection for which the URL has more parameters.
    ///
    /// @param parameters what the URL has besides, beginning with `&`
    public Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + parameters);
    }

    /// The first column of the first row of what a statement finds, on a connection of its own.
    public String query(String sql) throws SQLException {
        return Homes.query(jdbcUrl(), sql);
    }

    /// Until the server has no session any more that is so: one whose client has gone, or that was told to end, is
    /// there for a moment longer.
    ///
    /// @param condition on the columns of `pg_stat_activity`
    public void awaitNoSession(String condition) throws SQLException {
        while (!query("SELECT count(*) FROM pg_stat_activity WHERE " + condition)
                .equals("0")) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws SQLException {
        database = EmbeddedDatabase.start(Homes.filled(home.path()).withGateway(behaviour));
        for (String statement : statements) {
            Homes.execute(jdbcUrl(), statement);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        faults().clear();
        assertThat(faults().inForce()).as("faults that outlast their end").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        running().close();
        home.close();
    }

    private EmbeddedDatabase running() {
        return Objects.requireNonNull(database, "it runs only while the tests of its class do");
    }
}
