package dev.lectern.console;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.Browser;
import dev.lectern.testing.Browser.View;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TemporaryFolder;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A browser that shows the console of a Lectern whose database does what it is told. The tests of a class share them.
final class OpenConsole implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final Duration suspendTimeout;
    private @Nullable Shared shared;

    private OpenConsole(Duration suspendTimeout) {
        this.suspendTimeout = suspendTimeout;
    }

    /// Of a database that does not fall asleep, however slow a test is.
    static OpenConsole awake() {
        return new OpenConsole(Duration.ZERO);
    }

    /// Of a database that is taken to be asleep after so long without work.
    static OpenConsole suspendedAfter(Duration timeout) {
        return new OpenConsole(timeout);
    }

    /// All that takes long to start.
    private static final class Shared implements AutoCloseable {

        private final TemporaryFolder home = TemporaryFolder.create("embedded");
        private final EmbeddedDatabase database = EmbeddedDatabase.start(Homes.filled(home.path())
                .withGateway(
                        GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withWakeDelay(Duration.ZERO)));
        private final LecternServer lectern;
        private final OperatorClient operator;
        private final LecternClient reader;
        private final Browser browser = Browser.start();

        Shared(Duration suspendTimeout) {
            lectern = LecternServer.start(
                            database.jdbcUrl(),
                            Map.of("warmup.policy", "off", "database.suspendTimeout", suspendTimeout.toSeconds() + "s"))
                    .withPoolsBook();
            operator = new OperatorClient(lectern);
            reader = lectern.reader();
        }

        @Override
        public void close() {
            browser.close();
            reader.close();
            operator.close();
            lectern.close();
            database.close();
            home.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        shared = new Shared(suspendTimeout);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        gateway().faults().clear();
        operator().act("resume", "{}");
        browser().await("the database", () -> operator().act("warm-up", "{}").status() == 200);
        browser().open(URI.create("about:blank"));
        browser().complaints();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        started().close();
    }

    Browser browser() {
        return started().browser;
    }

    /// Asks the server on the page until it says that a program blocks Lectern. One question is not enough: a statement
    /// that waits comes to its deadline, and it takes a moment until there is another.
    void askWhoIsBlockedBy(String program) {
        browser().await("who is blocked by " + program, () -> {
            boolean told = browser().text(".chains").contains(program)
                    && browser().text(".chains ul ul").contains("lectern");
            if (!told) {
                browser().click(".server button");
            }
            return told;
        });
    }

    LecternServer lectern() {
        return started().lectern;
    }

    OperatorClient operator() {
        return started().operator;
    }

    LecternClient reader() {
        return started().reader;
    }

    Gateway gateway() {
        return started().database.gateway();
    }

    /// A connection of another program.
    Connection connect(String application) throws SQLException {
        return DriverManager.getConnection(started().database.jdbcUrl() + "&ApplicationName=" + application);
    }

    /// Readers, for as long as it is open.
    Traffic traffic(int crowd) {
        return new Traffic(reader(), crowd);
    }

    /// Opens the page, and waits until it shows the state.
    Browser open(View view) {
        browser().look(view);
        browser().open(lectern().adminUrl());
        browser().awaitText(".live", "UTC");
        return browser();
    }

    Browser open() {
        return open(new View(1440, "light"));
    }

    /// Waits until Lectern says that the database is in a state.
    void awaitStatus(String status) {
        browser()
                .await(
                        status,
                        () -> status.equals(operator()
                                .get("/api/snapshot")
                                .json()
                                .at("/database/status")
                                .asText()));
    }

    private Shared started() {
        return Objects.requireNonNull(shared, "it runs only while the tests of its class do");
    }
}
