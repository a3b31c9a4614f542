package dev.lectern.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings the schema up to date. Needs a session (locks), so it must not go through a transaction pooler.
public final class Migrations {

    private final Flyway flyway;

    public Migrations(DataSource direct) {
        this.flyway = Flyway.configure()
                .dataSource(direct)
                .locations("classpath:db/migration")
                .load();
    }

    /// Applies what is missing.
    ///
    /// @return how many migrations were applied
    public int migrate() {
        return flyway.migrate().migrationsExecuted;
    }
}
