package dev.lectern.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.metrics.ReadersReport;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.ServerSlots;
import dev.lectern.neon.monitor.SlotHolder;
import dev.lectern.neon.monitor.Timeline;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The state at one moment, with the verdict on it.
record SnapshotPanel(
        Watched watched, Observation observation, Timeline timeline, Started started, InstantSource clock) {

    /// Over how many seconds rates are told.
    static final int WINDOW = 10;

    private static final long MEGABYTE = 1 << 20;

    /// This process.
    record Started(String version, Instant at) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            Instant at,
            Verdict verdict,
            DatabaseShown database,
            Pool pool,
            Rates rates,
            ReadersReport readers,
            Totals totals,
            ProcessShown process) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DatabaseShown(
            String status,
            @Nullable Cause cause,
            Instant since,
            String host,
            String name,
            boolean pooled,
            boolean embedded,
            @Nullable Instant pausedUntil) {}

    /// Why the database is not ready.
    ///
    /// @param slug class and reason
    record Cause(@JsonProperty("class") String slug, String message) {

        static @Nullable Cause of(@Nullable DatabaseFailure failure) {
            return failure == null ? null : new Cause(failure.slug(), failure.message());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Pool(
            int active,
            int idle,
            int waiting,
            int permits,
            int maximum,
            int configured,
            @Nullable Integer serverLimit,
            List<SlotHolder> holders) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Rates(int windowS, double served, double refused, double failed, double timeouts) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Totals(
            long finished, long refused, long failed, long repeated, long opened, long attemptsFailed, long closed) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ProcessShown(String version, Instant startedAt, long heapUsedMb, long heapMaxMb, int threads) {}

    Shown shown() {
        NeonSnapshot now = watched.neon().snapshot();
        return new Shown(
                clock.instant(),
                Diagnosis.of(observation.of(now)),
                database(now),
                pool(now),
                rates(),
                watched.metrics().readers(),
                totals(now.totals()),
                process());
    }

    /// The state's name, as JSON has it.
    static String word(DatabaseState.Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private DatabaseShown database(NeonSnapshot now) {
        NeonUrl url = watched.settings().url();
        return new DatabaseShown(
                word(now.state().status()),
                Cause.of(now.state().cause()),
                now.state().since(),
                url.host(),
                url.database(),
                url.pooled(),
                watched.embedded(),
                now.pausedUntil());
    }

    private static Pool pool(NeonSnapshot now) {
        ServerSlots server = now.server();
        return new Pool(
                now.active(),
                now.idle(),
                now.waiting(),
                now.permits(),
                now.maximum(),
                now.configured(),
                server == null ? null : server.maximum() - server.reserved(),
                now.holders());
    }

    private Rates rates() {
        Timeline.Rates rates = timeline.rates(WINDOW);
        return new Rates(
                WINDOW,
                rounded(rates.served()),
                rounded(rates.refused()),
                rounded(rates.failed()),
                rounded(rates.timedOut()));
    }

    private static double rounded(double rate) {
        return Math.round(10 * rate) / 10.0;
    }

    private static Totals totals(NeonSnapshot.Totals totals) {
        return new Totals(
                totals.finished(),
                totals.refused(),
                totals.failed(),
                totals.repeated(),
                totals.opened(),
                totals.attemptsFailed(),
                totals.closed());
    }

    private ProcessShown process() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new ProcessShown(
                started.version(),
                started.at(),
                heap.getUsed() / MEGABYTE,
                heap.getMax() / MEGABYTE,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
