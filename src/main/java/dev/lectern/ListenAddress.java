package dev.lectern;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An address that the server will listen on, and the variables that set it.
record ListenAddress(@Nullable String host, int port, String hostVariable, String portVariable) {

    /// Tries the addresses of the server before anything else is started, since Jetty tries them last.
    ///
    /// @throws IllegalStateException where one of them cannot be listened on
    static void refuseTaken(ServerFactory server) {
        if (server instanceof DefaultServerFactory factory) {
            List<ListenAddress> all = new ArrayList<>();
            factory.getApplicationConnectors().forEach(each -> add(all, each, "LECTERN_BIND", "LECTERN_PORT"));
            factory.getAdminConnectors().forEach(each -> add(all, each, "LECTERN_ADMIN_BIND", "LECTERN_ADMIN_PORT"));
            refuseTaken(all);
        }
    }

    /// All at the same time, as the server will have them: two may be one and the same.
    static void refuseTaken(List<ListenAddress> addresses) {
        List<ServerSocket> open = new ArrayList<>();
        try {
            addresses.forEach(address -> open.add(address.open()));
        } finally {
            open.forEach(ListenAddress::close);
        }
    }

    private static void add(List<ListenAddress> all, ConnectorFactory connector, String host, String port) {
        if (connector instanceof HttpConnectorFactory http) {
            all.add(new ListenAddress(http.getBindHost(), http.getPort(), host, port));
        }
    }

    private ServerSocket open() {
        InetSocketAddress address = host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IllegalStateException(hostVariable + ": there is no address \"" + host + "\"");
        }
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(address);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException(flaw(Objects.requireNonNullElse(e.getMessage(), "")), e);
        }
    }

    /// What the operating system says has no class of its own.
    private String flaw(String reason) {
        if (reason.contains("in use")) {
            return portVariable + ": something listens on " + host + ":" + port + " already";
        }
        if (reason.contains("assign")) {
            return hostVariable + ": \"" + host + "\" is no address of this machine";
        }
        return portVariable + ": " + host + ":" + port + " cannot be listened on: " + reason;
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
