package dev.lectern.problem;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/// What every response of the operators' port tells a browser: that nothing but its own page may use it, and that the
/// page runs nothing but its own scripts.
final class BrowserRules {

    /// What Dropwizard calls the operators' connectors.
    private static final String CONNECTOR = "admin";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private BrowserRules() {}

    /// Puts them on a response of that port; others have none.
    static void put(Request request, HttpFields.Mutable headers) {
        if (CONNECTOR.equals(request.getConnectionMetaData().getConnector().getName())) {
            HEADERS.forEach(headers::put);
        }
    }
}
