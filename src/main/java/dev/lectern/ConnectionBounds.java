package dev.lectern;

import dev.lectern.LecternConfiguration.ConnectionSettings;
import dev.lectern.problem.AdminConnector;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;

/// Bounds what clients can take of the server by connecting to it: how many connections there may be, and how slow each
/// may be. Operators are counted apart from readers, so that they get in when readers do not, and so that what floods
/// the admin port leaves readers the process's file descriptors.
final class ConnectionBounds implements LifeCycle.Listener {

    /// Once there are as many as there may be, those end that are idle for so long: more than the silence within a
    /// stream of an answer.
    private static final Duration IDLE_AT_MOST = Duration.ofSeconds(15);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final int maximum;
    private final int adminMaximum;
    private final SlowConnections slow;

    private ConnectionBounds(ConnectionSettings settings) {
        this.maximum = settings.maximum();
        this.adminMaximum = settings.adminMaximum();
        this.slow = new SlowConnections(settings.headTimeout(), settings.writeTimeout(), System::nanoTime);
    }

    static void register(Environment environment, ConnectionSettings settings) {
        ConnectionBounds bounds = new ConnectionBounds(settings);
        environment.lifecycle().addEventListener(bounds);
        ScheduledExecutorService looks = environment
                .lifecycle()
                .scheduledExecutorService("slow-connections", true)
                .build();
        Duration shortest = settings.headTimeout().compareTo(settings.writeTimeout()) < 0
                ? settings.headTimeout()
                : settings.writeTimeout();
        Duration half = shortest.dividedBy(2);
        long pause = (half.compareTo(LONGEST_PAUSE) < 0 ? half : LONGEST_PAUSE).toMillis();
        var _ = looks.scheduleWithFixedDelay(bounds.slow::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /// By then Dropwizard has made the connectors.
    @Override
    public void lifeCycleStarting(LifeCycle event) {
        if (event instanceof Server server) {
            Connector[] all = server.getConnectors();
            for (Connector connector : all) {
                Container container = (Container) connector;
                container.addBean(slow);
                rememberNoHeaders(container);
            }
            server.addBean(limit(maximum, all, Predicate.not(AdminConnector::is)));
            server.addBean(limit(adminMaximum, all, AdminConnector::is));
        }
    }

    /// Jetty would keep what headers each connection has sent, to find them again, in a table of 48 kB: as many as
    /// there may be connections would fill the heap.
    private static void rememberNoHeaders(Container connector) {
        for (HttpConnectionFactory http : connector.getContainedBeans(HttpConnectionFactory.class)) {
            http.getHttpConfiguration().setHeaderCacheSize(0);
        }
    }

    private static NetworkConnectionLimit limit(int maximum, Connector[] all, Predicate<Connector> bounded) {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(
                maximum, Arrays.stream(all).filter(bounded).toArray(Connector[]::new));
        limit.setEndPointIdleTimeout(IDLE_AT_MOST.toMillis());
        return limit;
    }
}
