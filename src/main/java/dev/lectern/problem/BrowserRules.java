package dev.lectern.problem;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/// What every response tells a browser: to take it for what it says that it is, to frame it nowhere, and to run
/// nothing; on the operators' port nothing but the scripts of its own page.
///
/// A page of another site reads an answer by CORS or not at all, and `same-origin` has no say in that.
final class BrowserRules {

    private static final String POLICY = "Content-Security-Policy";

    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String OWN_PAGE =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    /// A year, as [RFC 6797](https://www.rfc-editor.org/rfc/rfc6797) advises. Other names of the host are not ours.
    private static final String ONLY_ENCRYPTED = "max-age=31536000";

    private BrowserRules() {}

    /// Puts them on a response.
    static void put(Request request, HttpFields.Mutable headers) {
        HEADERS.forEach(headers::put);
        headers.put(POLICY, AdminConnector.serves(request) ? OWN_PAGE : NOTHING);
        if (request.isSecure()) {
            headers.put("Strict-Transport-Security", ONLY_ENCRYPTED);
        }
    }
}
