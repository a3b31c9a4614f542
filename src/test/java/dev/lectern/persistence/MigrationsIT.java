package dev.lectern.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.NeonUrl;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MigrationsIT {

    @Test
    void asks_one_question_where_nothing_is_to_be_migrated() throws Exception {
        String name = TestPostgres.freshDatabase();
        try (WireTap tap = WireTap.open("localhost", TestPostgres.port());
                Connection connection = DriverManager.getConnection(TestPostgres.jdbcUrl(name))) {
            new Migrations(NeonUrl.parse("postgresql://postgres@localhost:" + tap.port() + "/" + name))
                    .prepare(connection);

            assertThat(tap.counts().connections()).isZero();
        }
    }

    @Test
    void migrates_an_empty_database_and_one_that_is_behind() throws Exception {
        String name = "empty_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection administrator = TestPostgres.administrator();
                Statement statement = administrator.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        Migrations migrations = new Migrations(TestPostgres.url(name));
        try (Connection connection = DriverManager.getConnection(TestPostgres.jdbcUrl(name));
                Statement statement = connection.createStatement()) {
            migrations.prepare(connection);
            try (ResultSet rows = statement.executeQuery("SELECT revision FROM library")) {
                assertThat(rows.next()).isTrue();
            }

            statement.execute("UPDATE flyway_schema_history SET checksum = 1");
            migrations.prepare(connection);
            assertThatThrownBy(migrations::migrate)
                    .isInstanceOf(MigrationException.class)
                    .hasMessageStartingWith("the schema could not be brought up to date:")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        }
    }

    @Test
    void knows_the_migrations_on_the_class_path() throws Exception {
        assertThat(MigrationFiles.versions()).contains("202611230900", "202611230910");
    }
}
