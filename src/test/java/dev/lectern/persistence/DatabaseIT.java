package dev.lectern.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.TestPostgres;
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
}
