package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO messages VALUES ($1)",
                "  update a set b = 1",
                "WITH gone AS (DELETE FROM a RETURNING id) SELECT id FROM gone",
                "/* a note */ merge into a using b on true when matched then do nothing",
                "create table a (b int)",
                "SELECT 1; TRUNCATE a",
                "SELECT 'it''s' ; INSERT INTO a VALUES (1)"
            })
    void writes(String sql) {
        assertThat(kind(sql).writes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT id FROM a FOR UPDATE",
                "SELECT id FROM a FOR NO KEY UPDATE SKIP LOCKED",
                "SELECT 'insert into' || \"delete\" FROM a -- update",
                "SELECT deleted, updated_at, create FROM inserts",
                "BEGIN",
                ""
            })
    void does_not_write(String sql) {
        assertThat(kind(sql).writes()).isFalse();
    }

    @Test
    void commits_where_that_is_what_it_begins_with() {
        assertThat(kind("COMMIT").commits()).isTrue();
        assertThat(kind("BEGIN; INSERT INTO a VALUES (1); end").commits()).isTrue();
        assertThat(kind("SELECT case when true then 1 end").commits()).isFalse();
        assertThat(kind("ROLLBACK").commits()).isFalse();
    }

    private static StatementKind kind(String sql) {
        return StatementKind.of(ByteBuffer.wrap((sql + "\0").getBytes(StandardCharsets.UTF_8)));
    }
}
