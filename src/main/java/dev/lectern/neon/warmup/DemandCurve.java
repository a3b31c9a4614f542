package dev.lectern.neon.warmup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/// Which share of all time the compute would be kept awake at which bar: how much of the time was quiet, by the
/// probability of a reader that was seen then.
final class DemandCurve {

    /// Each bin is a factor of 1.22; the last begins at 0.82, the first holds all below 1 in 12,000.
    private static final int BINS = 48;

    private static final double STEP = 0.2;

    /// A month's budget is spent by what the last weeks were like.
    private static final double MEMORY = Duration.ofDays(21).toMillis();

    private final double[] quiet = new double[BINS];
    private double all;
    private double unfaded;

    /// Time went by, quiet or not.
    void passed(double millis) {
        all += millis;
        unfaded += millis;
    }

    /// Some of it was quiet.
    void quiet(double probability, double millis) {
        quiet[bin(probability)] += millis;
    }

    /// What was before fades by what has passed since.
    void fade() {
        double kept = Math.exp(-unfaded / MEMORY);
        unfaded = 0;
        for (int i = 0; i < BINS; i++) {
            quiet[i] *= kept;
        }
        all *= kept;
    }

    private static int bin(double probability) {
        return (int) Math.clamp(BINS + Math.log(probability) / STEP, 0, BINS - 1);
    }

    /// The lowest bar at which no more than a share of the time is bought; 0 where everything can be.
    double barFor(double share) {
        double left = share * all;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            if (quiet[bin] > left) {
                return Math.exp((bin + 1 - left / quiet[bin] - BINS) * STEP);
            }
            left -= quiet[bin];
        }
        return 0;
    }

    void write(DataOutput out) throws IOException {
        Numbers.write(quiet, out);
        out.writeDouble(all);
        out.writeDouble(unfaded);
    }

    static DemandCurve read(DataInput in) throws IOException {
        DemandCurve curve = new DemandCurve();
        Numbers.read(curve.quiet, in);
        curve.all = in.readDouble();
        curve.unfaded = in.readDouble();
        return curve;
    }
}
