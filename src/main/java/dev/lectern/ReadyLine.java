package dev.lectern;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Says in one line that Lectern serves, and where: people and scripts wait for it.
final class ReadyLine implements ServerLifecycleListener {

    private final PrintStream out;
    private final Consumer<String> adminUrl;

    /// @param adminUrl is told where the admin port is
    ReadyLine(PrintStream out, Consumer<String> adminUrl) {
        this.out = out;
        this.adminUrl = adminUrl;
    }

    @Override
    public void serverStarted(Server server) {
        String admin = url(server, "admin");
        adminUrl.accept(admin);
        out.println("Lectern ready: " + url(server, "application") + " admin " + admin);
        out.flush();
    }

    private static String url(Server server, String name) {
        return Arrays.stream(server.getConnectors())
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .filter(connector -> name.equals(connector.getName()))
                .findFirst()
                .map(connector ->
                        scheme(connector) + "://" + host(connector.getHost()) + ":" + connector.getLocalPort())
                .orElse("none");
    }

    private static String scheme(ServerConnector connector) {
        return connector.getProtocols().stream().anyMatch("ssl"::equalsIgnoreCase) ? "https" : "http";
    }

    private static String host(String host) {
        return host == null ? "0.0.0.0" : host.contains(":") ? "[" + host + "]" : host;
    }
}
