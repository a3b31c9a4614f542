package dev.lectern.console;

import dev.lectern.metrics.MetricsFeature;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTask;
import dev.lectern.persistence.Database;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the console shows and acts on.
///
/// @param settings of the connection layer
/// @param embedded whether the database is this process's own
/// @param neonApi what Neon's API said last; gives null where it is not asked
/// @param configuration in force
public record Watched(
        NeonSettings settings,
        boolean embedded,
        NeonDatabase neon,
        Database database,
        MetricsFeature metrics,
        WarmupMonitor monitor,
        WarmupTask task,
        Supplier<@Nullable NeonApiState> neonApi,
        List<ConfigurationValue> configuration) {

    public Watched {
        configuration = List.copyOf(configuration);
    }
}
