package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.Owner;
import dev.lectern.neon.NeonUrl;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatabaseLocationTest {

    private static final String POOLED =
            "postgresql://alice:secret@ep-cool-1-pooler.eu-central-1.aws.neon.tech/book?sslmode=require";

    @Test
    void a_database_has_one_key_with_and_without_the_pooler_for_whoever_asks() {
        assertThat(key(POOLED)).isEqualTo(key("postgresql://bob:other@ep-cool-1.eu-central-1.aws.neon.tech:5432/book"));
    }

    @Test
    void another_endpoint_host_port_or_database_has_another_key() {
        assertThat(key(POOLED))
                .isNotEqualTo(key("postgresql://alice:secret@ep-cool-2-pooler.eu-central-1.aws.neon.tech/book"))
                .isNotEqualTo(key("postgresql://alice:secret@ep-cool-1-pooler.eu-central-1.aws.neon.tech/other"));
        assertThat(key("postgresql://u@localhost/book"))
                .isEqualTo(key("postgresql://u@localhost:5432/book"))
                .isNotEqualTo(key("postgresql://u@localhost:5433/book"))
                .isNotEqualTo(key("postgresql://u@books.example/book"));
    }

    @Test
    void the_embedded_database_has_one_key_on_whatever_port() {
        assertThat(embeddedKey(5001))
                .isEqualTo(embeddedKey(5002))
                .isNotEqualTo(key("postgresql://u@127.0.0.1:5001/db"));
    }

    private static String key(String url) {
        NeonUrl parsed = NeonUrl.parse(url);
        return new DatabaseLocation(parsed, parsed, null, null).key();
    }

    private static String embeddedKey(int port) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/db?user=u";
        NeonUrl parsed = NeonUrl.parse(url);
        return new DatabaseLocation(parsed, parsed, null, new Owner(1, new UUID(0, 1), url, null)).key();
    }
}
