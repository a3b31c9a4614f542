package dev.lectern.neondropwizard;

import com.codahale.metrics.MetricRegistry;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonUrl;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.db.PooledDataSourceFactory;
import io.dropwizard.util.Duration;
import java.util.Map;
import java.util.Optional;

/// What Dropwizard's factories take for a pool: there is one database, and all get it.
record NeonDataSourceFactory(NeonDatabase database, NeonUrl url) implements PooledDataSourceFactory {

    @Override
    public boolean isAutoCommentsEnabled() {
        // A comment for each caller would be a statement of its own to the server's cache of plans.
        return false;
    }

    @Override
    public Map<String, String> getProperties() {
        return Map.of();
    }

    @Override
    public Optional<Duration> getValidationQueryTimeout() {
        return Optional.empty();
    }

    @Override
    public Optional<String> getValidationQuery() {
        return Optional.empty();
    }

    @Override
    public String getDriverClass() {
        return "org.postgresql.Driver";
    }

    @Override
    public String getUrl() {
        return url.jdbcUrl();
    }

    @Override
    public void asSingleConnectionPool() {
        throw new UnsupportedOperationException("the pool is the application's; migrations connect by themselves");
    }

    @Override
    public ManagedDataSource build(MetricRegistry metrics, String name) {
        return new ManagedNeonDataSource(database);
    }
}
