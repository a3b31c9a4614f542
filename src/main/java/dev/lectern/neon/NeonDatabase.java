package dev.lectern.neon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The way to the database.
public final class NeonDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final ScopedValue<Connection> held = ScopedValue.newInstance();
    private final DataSource heldConnection = new HeldConnectionDataSource(held);

    public NeonDatabase(HikariConfig config) {
        this.pool = new HikariDataSource(config);
    }

    public <T> T read(Criticality criticality, Deadline deadline, SqlWork<T> work) {
        return run(work);
    }

    public <T> T write(Criticality criticality, Deadline deadline, SqlWork<T> work) {
        return run(work);
    }

    public <T> T writeIdempotent(Criticality criticality, Deadline deadline, SqlWork<T> work) {
        return run(work);
    }

    /// A view for libraries that want a data source: inside the work of [#read] or [#write] it hands out the
    /// connection that the work holds; elsewhere it throws, so that no connection is had without a permit.
    public DataSource dataSource() {
        return heldConnection;
    }

    private <T> T run(SqlWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            return ScopedValue.where(held, connection).call(() -> work.run(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
