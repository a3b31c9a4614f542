package dev.lectern.persistence;

import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Preparation;
import java.sql.Connection;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Brings the schema up to date. Needs a session (locks), so it must not go through a transaction pooler.
public final class Migrations implements Preparation {

    private final Flyway flyway;

    /// @param direct where the database is, not through a pooler
    public Migrations(NeonUrl direct) {
        this(Flyway.configure()
                .dataSource(direct.jdbcUrl(), direct.user(), direct.password().value()));
    }

    public Migrations(DataSource direct) {
        this(Flyway.configure().dataSource(direct));
    }

    private Migrations(FluentConfiguration configuration) {
        this.flyway = configuration.locations("classpath:db/migration").load();
    }

    /// Applies what is missing.
    ///
    /// @return how many migrations were applied
    public int migrate() {
        return flyway.migrate().migrationsExecuted;
    }

    @Override
    public void prepare(Connection connection) {
        migrate();
    }
}
