package dev.lectern.persistence;

import dev.lectern.neon.Preparation;
import dev.lectern.neon.SqlWork;
import dev.lectern.neon.warmup.ArrivalHistory;
import dev.lectern.neon.warmup.Unsaved;
import dev.lectern.neon.warmup.WarmupLedger;
import dev.lectern.neon.warmup.WarmupMonitor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what warm-up remembers in the database, in the one statement that a touch is: bookkeeping never wakes it.
public final class WarmupStore implements SqlWork<Boolean>, Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(WarmupStore.class);

    private final WarmupMonitor monitor;
    private final InstantSource clock;

    /// @param monitor whose memory is kept and restored
    public WarmupStore(WarmupMonitor monitor, InstantSource clock) {
        this.monitor = monitor;
        this.clock = clock;
    }

    /// A touch: adds what was not kept yet to the present hour.
    @Override
    public Boolean run(Connection connection) throws SQLException {
        Unsaved unsaved = monitor.takeUnsaved();
        try (PreparedStatement keep = connection.prepareStatement("""
                WITH kept AS (
                    INSERT INTO warmup_history (id, arrivals, kept_at)
                    VALUES (1, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET arrivals = EXCLUDED.arrivals, kept_at = EXCLUDED.kept_at
                )
                INSERT INTO warmup_hour AS present (
                    hour, wakes, wake_millis, warm_wakes, touches, cold_requests, cold_millis, avoided, cu_hours)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (hour) DO UPDATE SET
                    wakes = present.wakes + EXCLUDED.wakes,
                    wake_millis = present.wake_millis + EXCLUDED.wake_millis,
                    warm_wakes = present.warm_wakes + EXCLUDED.warm_wakes,
                    touches = present.touches + EXCLUDED.touches,
                    cold_requests = present.cold_requests + EXCLUDED.cold_requests,
                    cold_millis = present.cold_millis + EXCLUDED.cold_millis,
                    avoided = present.avoided + EXCLUDED.avoided,
                    cu_hours = present.cu_hours + EXCLUDED.cu_hours
                """)) {
            Instant now = clock.instant();
            WarmupLedger ledger = unsaved.ledger();
            keep.setBytes(1, unsaved.history());
            keep.setObject(2, now.atOffset(ZoneOffset.UTC));
            keep.setObject(3, now.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
            keep.setLong(4, ledger.wakes());
            keep.setLong(5, ledger.wakeTime().toMillis());
            keep.setLong(6, ledger.warmWakes());
            keep.setLong(7, ledger.touches());
            keep.setLong(8, ledger.coldRequests());
            keep.setLong(9, ledger.coldTime().toMillis());
            keep.setLong(10, ledger.avoided());
            keep.setDouble(11, ledger.cuHours());
            keep.executeUpdate();
            return true;
        } catch (SQLException e) {
            monitor.putBack(unsaved);
            throw e;
        }
    }

    /// Restores what an earlier process remembered, when the database is reached for the first time.
    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT arrivals FROM warmup_history WHERE id = 1),
                               (SELECT coalesce(sum(cu_hours), 0) FROM warmup_hour
                                WHERE hour >= date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')
                        """)) {
            row.next();
            byte[] history = row.getBytes(1);
            if (history != null) {
                monitor.restore(ArrivalHistory.of(history), row.getDouble(2));
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("what warm-up remembered cannot be read, and is learned anew", e);
        }
    }
}
