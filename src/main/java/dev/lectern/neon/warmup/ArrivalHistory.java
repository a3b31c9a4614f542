package dev.lectern.neon.warmup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// What is remembered of the arrivals of readers: a few kilobytes, however many came.
///
/// It learns when one arrives, from the quiet time that this ends: each suspend timeout of it was a trial, in which
/// somebody might have come. What is older than half a year counts for less than a quarter. It is not thread-safe.
public final class ArrivalHistory {

    private static final byte FORMAT = 1;
    private static final double HALF_LIFE = Duration.ofDays(90).toMillis();

    /// A quiet time longer than this is a closed book rather than a habit: the rest of it teaches nothing.
    private static final long LONGEST = Duration.ofDays(30).toMillis();

    private static final double HEAVY = 1 << 20;

    private final ZoneId zone;
    private final long suspend;
    private WeeklyPattern pattern;
    private HitTable table = new HitTable();
    private DemandCurve demand = new DemandCurve();
    private IdleHistogram idle = new IdleHistogram();
    private long last = Long.MIN_VALUE;
    private long weighedAt;

    /// Nothing yet.
    ///
    /// @param zone whose hours of the week count
    /// @param suspend how long the compute stays awake after its last activity
    public ArrivalHistory(ZoneId zone, Duration suspend) {
        this.zone = zone;
        this.suspend = suspend.toMillis();
        this.pattern = new WeeklyPattern(zone);
    }

    /// Somebody came. Arrivals come in the order of time; one that seems to be earlier than the last counts as one at
    /// the same moment.
    public void arrived(Instant at) {
        arrived(at.toEpochMilli());
    }

    void arrived(long at) {
        if (last == Long.MIN_VALUE) {
            last = at;
            weighedAt = at;
        } else {
            long gap = Math.max(0, at - last);
            idle.add(gap);
            double weight = freshWeight(last + gap);
            if (gap < suspend) {
                demand.passed((double) gap);
            } else {
                demand.fade();
                demand.passed((double) Math.min(gap, LONGEST));
                learn(Math.min(gap, LONGEST), gap <= LONGEST, weight);
            }
            last += gap;
        }
        pattern.arrived(last);
    }

    private void learn(long gap, boolean ends, double weight) {
        for (long quiet = suspend; quiet <= gap; quiet += suspend) {
            boolean hit = ends && quiet + suspend > gap;
            double level = pattern.level(last + quiet);
            double times = (double) quiet / suspend;
            double probability = table.probability(times, level, weight);
            demand.quiet(probability, (double) Math.min(suspend, gap - quiet));
            table.learn(times, level, hit, weight);
        }
    }

    /// New trials weigh more instead of old ones less, until the numbers grow large.
    private double freshWeight(long at) {
        double weight = weight(at);
        if (weight > HEAVY) {
            table.scale(1 / weight);
            weighedAt = at;
            return 1;
        }
        return weight;
    }

    private double weight(long at) {
        return Math.exp((at - weighedAt) / HALF_LIFE * Math.log(2));
    }

    /// When somebody came last.
    public Optional<Instant> last() {
        return last == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last));
    }

    /// How long readers stayed away, each time.
    public IdleHistogram idleTimes() {
        return idle;
    }

    /// How probable it is that somebody comes within one suspend timeout of a moment, if nobody comes until then.
    public double probability(Instant at) {
        return last == Long.MIN_VALUE ? 0 : probability(at.toEpochMilli());
    }

    double probability(long at) {
        double quiet = Math.max(1, (double) (at - last) / suspend);
        return table.probability(quiet, pattern.level(at), weight(last));
    }

    /// The bar that buys warmth for a share of the time: what the probability of a reader must be.
    public double barFor(double shareOfTime) {
        return demand.barFor(shareOfTime);
    }

    /// Whether it was learned on these terms.
    boolean fits(ZoneId otherZone, Duration otherSuspend) {
        return zone.equals(otherZone) && suspend == otherSuspend.toMillis();
    }

    /// The whole of it, to be kept.
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(zone.getId());
            out.writeLong(suspend);
            out.writeLong(last);
            out.writeLong(weighedAt);
            pattern.write(out);
            table.write(out);
            demand.write(out);
            idle.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// What [#toBytes] gave.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static ArrivalHistory of(byte[] kept) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalArgumentException("another format of history");
            }
            ZoneId zone = ZoneId.of(in.readUTF());
            ArrivalHistory history = new ArrivalHistory(zone, Duration.ofMillis(in.readLong()));
            history.last = in.readLong();
            history.weighedAt = in.readLong();
            history.pattern = WeeklyPattern.read(zone, in);
            history.table = HitTable.read(in);
            history.demand = DemandCurve.read(in);
            history.idle = IdleHistogram.read(in);
            return history;
        } catch (IOException e) {
            throw new IllegalArgumentException("no history", e);
        }
    }
}
