package dev.lectern.neon;

import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An embedded database behind a network of 20 ms, for all tests of a class, and the ways to it that they open.
/// Those are closed after each test.
final class DistantDatabase implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /// How many connections each way to it may have.
    static final int POOL = 4;

    private final SharedDatabase database = new SharedDatabase(
            GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withRoundTripDelay(Duration.ofMillis(20)));
    private final Queue<NeonDatabase> opened = new ConcurrentLinkedQueue<>();
    private final Queue<Status> states = new ConcurrentLinkedQueue<>();
    private final NeonListener listener = new NeonListener() {
        @Override
        public void stateChanged(DatabaseState before, DatabaseState after) {
            states.add(after.status());
        }
    };

    NeonSettings settings() {
        return NeonSettings.of(NeonUrl.parse(database.jdbcUrl())).withMaximumPoolSize(POOL);
    }

    NeonDatabase open() {
        return open(settings());
    }

    NeonDatabase open(NeonSettings settings) {
        return open(settings, Preparation.NONE);
    }

    NeonDatabase open(NeonSettings settings, Preparation preparation) {
        NeonDatabase neon = new NeonDatabase(settings, listener, preparation, Clock.systemUTC());
        opened.add(neon);
        return neon;
    }

    void inject(Fault fault) {
        database.inject(fault);
    }

    void clearFaults() {
        database.faults().clear();
    }

    /// What the state came to be, in order, since the test began or this was cleared.
    Collection<Status> states() {
        return states;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        database.beforeAll(tests);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        database.afterEach(test);
        opened.forEach(NeonDatabase::close);
        opened.clear();
        states.clear();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws Exception {
        database.afterAll(tests);
    }
}
