package dev.lectern;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// The port of the operators. It knows no callers yet, so nobody but this machine may reach it.
final class AdminPort {

    private AdminPort() {}

    /// @throws IllegalArgumentException where another machine could reach it
    static void refuseUnlessLoopback(ServerFactory server) {
        if (server instanceof DefaultServerFactory factory) {
            factory.getAdminConnectors().stream()
                    .filter(HttpConnectorFactory.class::isInstance)
                    .map(connector -> ((HttpConnectorFactory) connector).getBindHost())
                    .filter(host -> !isLoopback(host))
                    .findFirst()
                    .ifPresent(host -> {
                        throw new IllegalArgumentException("LECTERN_ADMIN_BIND must be a loopback address, not \""
                                + host + "\": whoever reaches the admin port can do everything there");
                    });
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        try {
            return host != null
                    && !host.isBlank()
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
