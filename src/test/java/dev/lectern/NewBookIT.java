package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewBookIT {

    @Test
    void a_search_finds_a_book_that_another_process_has_imported() {
        String database = TestPostgres.jdbcUrl(TestPostgres.freshDatabase());
        try (LecternServer one = LecternServer.start(database, Map.of());
                LecternServer other = LecternServer.start(database, Map.of());
                LecternClient reader = one.reader()) {
            assertThat(reader.get("/search?q=permit").json().at("/items")).isEmpty();

            other.withPoolsBook();

            assertThat(reader.get("/search?q=permit&book=pools")
                            .json()
                            .at("/items/0/snippet")
                            .asText())
                    .contains("permit");
            assertThat(reader.get("/search?q=permit&book=puddles").status()).isEqualTo(404);
        }
    }
}
