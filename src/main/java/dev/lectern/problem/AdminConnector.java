package dev.lectern.problem;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;

/// The connector of the admin port, as Dropwizard names it.
public final class AdminConnector {

    private static final String NAME = "admin";

    private AdminConnector() {}

    public static boolean is(Connector connector) {
        return NAME.equals(connector.getName());
    }

    /// Whether the request has come by it.
    public static boolean serves(Request request) {
        return is(request.getConnectionMetaData().getConnector());
    }
}
