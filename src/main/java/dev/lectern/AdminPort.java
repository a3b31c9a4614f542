package dev.lectern;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// The port of the operators. Without a token it knows no callers, and so nobody but this machine may reach it.
final class AdminPort {

    private AdminPort() {}

    /// @param token what operators bear, if anything
    /// @throws IllegalArgumentException where another machine could reach it, and there is no token
    static void refuseOpen(DefaultServerFactory server, @Nullable String token) {
        if (token == null) {
            server.getAdminConnectors().stream()
                    .filter(HttpConnectorFactory.class::isInstance)
                    .map(connector -> ((HttpConnectorFactory) connector).getBindHost())
                    .filter(host -> !isLoopback(host))
                    .findFirst()
                    .ifPresent(host -> {
                        throw new IllegalArgumentException("LECTERN_ADMIN_TOKEN must be set, since LECTERN_ADMIN_BIND"
                                + " is \"" + host + "\" and no loopback address: whoever reaches the admin port can do"
                                + " everything there");
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
