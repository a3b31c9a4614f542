package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonUrl;
import dev.lectern.persistence.MigrationStanding;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.pooler.TransactionPooler;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// `check` on a PostgreSQL with nothing before it, and on one behind a pooler.
class CheckServerIT {

    @Test
    void lecterns_tables_are_all_that_its_migrations_make() throws SQLException {
        String database = TestPostgres.freshDatabase();
        try (Connection connection = TestPostgres.administrator(database)) {
            assertThat(
                            strings(
                                    connection,
                                    "SELECT relname FROM pg_class WHERE relkind = 'r'"
                                            + " AND relnamespace = 'public'::regnamespace AND relname <> 'flyway_schema_history'"))
                    .containsExactlyInAnyOrderElementsOf(Rights.TABLES);
        }
    }

    @Test
    void a_migrated_database_is_up_to_date() throws Exception {
        CheckReport report = check(TestPostgres.url(TestPostgres.freshDatabase()));

        assertThat(report.verdict().level()).isEqualTo(Level.HEALTHY);
        assertThat(step(report, "schema").seen()).startsWith("up to date, ");
        assertThat(step(report, "access").seen()).contains("reads and writes Lectern's tables");
        assertThat(step(report, "suspend").outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void a_database_that_lectern_has_never_seen_is_healthy_and_stays_as_it_is() throws Exception {
        String database = emptyDatabase();

        CheckReport report = check(TestPostgres.url(database));

        assertThat(report.verdict().level()).isEqualTo(Level.HEALTHY);
        assertThat(report.verdict().sentence()).endsWith("Lectern has never been here");
        assertThat(report.verdict().next()).contains("bin/lectern migrate");
        try (Connection connection = TestPostgres.administrator(database)) {
            assertThat(strings(connection, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEmpty();
        }
    }

    @Test
    void a_schema_that_is_behind_is_degraded_and_says_by_what() throws Exception {
        String database = TestPostgres.freshDatabase();
        administrate(database, "DELETE FROM flyway_schema_history WHERE version = '202611241300'");

        CheckReport report = check(TestPostgres.url(database));

        assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
        assertThat(report.verdict().sentence()).isEqualTo("the schema is behind by 1 migration, first 202611241300");
        assertThat(report.verdict().next()).startsWith("Run bin/lectern migrate");
    }

    @Test
    void a_schema_that_is_ahead_is_degraded() throws Exception {
        String database = TestPostgres.freshDatabase();
        administrate(database, history("209901010000", true));

        assertThat(check(TestPostgres.url(database)).verdict().sentence())
                .isEqualTo("the schema is ahead of this Lectern by 1 migration, up to 209901010000");
    }

    @Test
    void a_migration_that_has_failed_is_down() throws Exception {
        String database = TestPostgres.freshDatabase();
        administrate(database, history("209901010000", false));

        CheckReport report = check(TestPostgres.url(database));

        assertThat(report.verdict().level()).isEqualTo(Level.DOWN);
        assertThat(report.verdict().failure()).isEqualTo("down/preparation");
        assertThat(step(report, "suspend").seen()).doesNotContain("not looked at");
    }

    @Test
    void a_role_that_may_not_write_is_degraded_and_sees_how_many_connections_others_hold() throws Exception {
        String database = TestPostgres.freshDatabase();
        String role = "guest_" + UUID.randomUUID().toString().replace("-", "");
        administrate(
                database,
                "CREATE ROLE " + role + " LOGIN PASSWORD 'gu3st-passw0rd';"
                        + "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
        try (Connection other = TestPostgres.administrator(database)) {
            CheckReport report = check(NeonUrl.parse(
                    "postgresql://" + role + ":gu3st-passw0rd@localhost:" + TestPostgres.port() + "/" + database));

            assertThat(other.isClosed()).isFalse();
            assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
            assertThat(report.verdict().sentence()).startsWith(role + " may not write library, ");
            assertThat(step(report, "limits").figures())
                    .hasEntrySatisfying(
                            "in_use", inUse -> assertThat((Integer) inUse).isGreaterThanOrEqualTo(2));
        } finally {
            administrate(database, "DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void a_role_that_writes_of_keys_only_their_last_use_writes_all_that_it_needs() throws Exception {
        String database = TestPostgres.freshDatabase();
        String role = "server_" + UUID.randomUUID().toString().replace("-", "");
        administrate(
                database,
                "CREATE ROLE " + role + " LOGIN PASSWORD 's3rver-passw0rd';"
                        + "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role
                        + "; REVOKE INSERT, UPDATE, DELETE ON api_key FROM " + role
                        + "; GRANT UPDATE (last_used_at) ON api_key TO " + role);
        try {
            CheckReport report = check(NeonUrl.parse(
                    "postgresql://" + role + ":s3rver-passw0rd@localhost:" + TestPostgres.port() + "/" + database));

            assertThat(step(report, "access").figures()).containsEntry("unwritable", List.of());
        } finally {
            administrate(database, "DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void a_pooler_whose_name_does_not_tell_it_is_found_by_its_behaviour() throws Exception {
        String database = TestPostgres.freshDatabase();
        try (TransactionPooler pooler = TransactionPooler.open(TestPostgres.port(), "postgres", database, 3)) {
            CheckReport report = check(NeonUrl.parse(
                    "postgresql://postgres:postgres@127.0.0.1:" + pooler.port() + "/" + database + "?sslmode=disable"));

            assertThat(step(report, "route").figures()).containsEntry("behaves", "pooled");
            assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
            assertThat(report.verdict().next()).contains("DATABASE_URL_DIRECT");
        }
    }

    @Test
    void a_pooler_that_is_named_is_no_reason_to_worry() throws Exception {
        String database = TestPostgres.freshDatabase();
        try (TransactionPooler pooler = TransactionPooler.open(TestPostgres.port(), "postgres", database, 3)) {
            CheckReport report = check(NeonUrl.parse("postgresql://postgres:postgres@127.0.0.1:" + pooler.port() + "/"
                    + database + "?sslmode=disable&options=endpoint%3Dep-test-pooler"));

            assertThat(step(report, "route").figures())
                    .containsEntry("named", "pooled")
                    .containsEntry("behaves", "pooled");
            assertThat(report.verdict().level()).isEqualTo(Level.HEALTHY);
        }
    }

    @Test
    void the_standing_of_the_migrations_is_read_in_one_question() throws Exception {
        try (Connection connection = TestPostgres.administrator(TestPostgres.freshDatabase())) {
            MigrationStanding standing = MigrationStanding.of(connection);

            assertThat(standing.applied()).contains("202611230900").isSorted();
            assertThat(standing.missing()).isEmpty();
            assertThat(standing.untouched()).isFalse();
        }
    }

    private static CheckReport check(NeonUrl url) throws InterruptedException {
        return new Check(DatabaseTarget.at(url), Duration.ofSeconds(20), InstantSource.system()).run();
    }

    private static Step step(CheckReport report, String name) {
        return report.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String history(String version, boolean success) {
        return "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) VALUES (99, '" + version + "', 'x', 'SQL', 'x', 'x', 1, " + success + ")";
    }

    private static String emptyDatabase() throws SQLException {
        String name = "empty_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = TestPostgres.administrator();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return name;
    }

    private static void administrate(String database, String sql) throws SQLException {
        try (Connection connection = TestPostgres.administrator(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
