package dev.lectern.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.problem.UnavailableException;
import dev.lectern.testing.TestPostgres;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;

class DatabaseIT {

    private final Database database = TestPostgres.open(TestPostgres.freshDatabase());

    @Test
    void reads_what_the_migrations_made() {
        long revision = database.read(handle -> handle.createQuery("SELECT revision FROM library")
                .mapTo(Long.class)
                .one());

        assertThat(revision).isZero();
    }

    @Test
    void writes_in_each_of_its_ways() {
        assertThat(database.write(DatabaseIT::bump)).isOne();
        assertThat(database.writeIdempotent(DatabaseIT::bump)).isOne();
        assertThat(database.complete(DatabaseIT::bump)).isOne();
        assertThat(database.background(DatabaseIT::bump)).isOne();
        assertThatThrownBy(() -> database.transaction(handle -> {
                    bump(handle);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        long revision = database.transaction(handle ->
                handle.select("SELECT revision FROM library").mapTo(Long.class).one());
        assertThat(revision).isEqualTo(4);
    }

    @Test
    void lets_the_errors_of_statements_pass() {
        assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO library VALUES (1)")))
                .isInstanceOf(UnableToExecuteStatementException.class);
    }

    @Test
    void says_as_a_problem_that_the_database_is_down_and_when_to_come_again() {
        try (NeonDatabase nowhere =
                new NeonDatabase(NeonSettings.of(NeonUrl.parse("postgresql://nobody@localhost:1/none")))) {
            Database down = new Database(nowhere, Jdbi.create(nowhere.dataSource()));

            assertThatThrownBy(() -> down.read(handle -> 1)).isInstanceOfSatisfying(UnavailableException.class, e -> {
                assertThat(e.reason()).isEqualTo("database-down");
                assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                assertThat(e.problem().detail()).contains("cannot be reached");
            });
        }
    }

    @Test
    void says_as_a_problem_that_a_conflict_came_twice() {
        assertThatThrownBy(
                        () -> database.complete(handle -> handle.execute("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$")))
                .isInstanceOfSatisfying(UnavailableException.class, e -> {
                    assertThat(e.reason()).isEqualTo("database-saturated");
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                });
    }

    private static int bump(Handle handle) {
        return handle.execute("UPDATE library SET revision = revision + 1");
    }
}
