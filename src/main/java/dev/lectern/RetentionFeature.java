package dev.lectern;

import com.codahale.metrics.Counter;
import dev.lectern.conversation.Retention;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.persistence.Database;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Has old conversations deleted where the configuration says how long they are kept.
final class RetentionFeature implements NeonListener {

    /// Not before the database is there for it.
    private volatile @Nullable Retention retention;

    /// Puts it into the application, where it counts `retention.conversations.deleted`.
    ///
    /// @param keep for ever where null
    void register(Environment environment, Database database, @Nullable Duration keep, InstantSource clock) {
        Counter deleted = environment.metrics().counter("retention.conversations.deleted");
        if (keep != null) {
            ExecutorService background = environment
                    .lifecycle()
                    .executorService(
                            "retention", Thread.ofVirtual().name("retention").factory())
                    .minThreads(1)
                    .maxThreads(1)
                    .build();
            retention = new Retention(database, keep, clock, background, deleted::inc);
        }
    }

    @Override
    public void workDone(Criticality criticality, Duration took) {
        Retention sweeping = retention;
        if (sweeping != null && criticality != Criticality.BACKGROUND) {
            sweeping.readerServed();
        }
    }
}
