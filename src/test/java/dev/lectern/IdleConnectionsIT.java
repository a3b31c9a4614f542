package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestPostgres;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that have been served and stay, as those of readers do.
@Timeout(60)
class IdleConnectionsIT {

    private static final String REQUEST =
            "GET /api/v1/books HTTP/1.1\r\nHost: books.example\r\nX-Long: " + "a".repeat(200) + "\r\n\r\n";

    /// By the second request a parser would have its table.
    private static final int REQUESTS = 3;

    @Test
    void none_keeps_a_table_of_the_headers_it_has_sent() throws Exception {
        try (LecternServer lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
                RawHttp reader = new RawHttp(lectern.url().getPort());
                RawHttp operator = new RawHttp(lectern.adminUrl().getPort())) {
            for (RawHttp client : List.of(reader, operator)) {
                for (int request = 0; request < REQUESTS; request++) {
                    client.send(REQUEST);
                    client.read();
                }
            }

            assertThat(connections(lectern))
                    .hasSize(2)
                    .extracting(connection -> connection.getParser().getHeaderCacheSize())
                    .containsOnly(0);
        }
    }

    private static List<HttpConnection> connections(LecternServer lectern) {
        return Arrays.stream(lectern.jetty().getConnectors())
                .flatMap(connector -> connector.getConnectedEndPoints().stream())
                .map(EndPoint::getConnection)
                .map(HttpConnection.class::cast)
                .toList();
    }
}
