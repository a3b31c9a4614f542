package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A home whose Lectern is given another database.
class MovedHomeIT {

    @TempDir
    private Path home;

    @Test
    void shows_no_books_of_the_database_before_and_again_its_own_when_that_is_back() {
        try (WireTap tap = WireTap.open("127.0.0.1", TestPostgres.port())) {
            String own = url(tap.port(), TestPostgres.freshDatabase());
            String other = url(tap.port(), TestPostgres.freshDatabase());
            try (LecternServer lectern = start(own).withPoolsBook()) {
                assertThat(slugs(lectern)).containsExactly("pools");
            }
            tap.refuseConnections();

            try (LecternServer lectern = start(other)) {
                assertThat(slugs(lectern)).isEmpty();
            }
            try (LecternServer lectern = start(own)) {
                assertThat(slugs(lectern)).containsExactly("pools");
            }
        }
    }

    private LecternServer start(String url) {
        return LecternServer.start(url, Map.of("home", home.toString()));
    }

    private static String url(int port, String database) {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/" + database + "?sslmode=disable";
    }

    private static Iterable<String> slugs(LecternServer lectern) {
        try (LecternClient client = new LecternClient(lectern.url())) {
            return client.get("/books").json().at("/items").findValuesAsText("slug");
        }
    }
}
