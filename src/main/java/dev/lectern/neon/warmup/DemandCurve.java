package dev.lectern.neon.warmup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Which share of all time the compute would be kept awake at which bar: how much of the time was quiet, by the
/// probability of a reader that was seen then.
final class DemandCurve {

    /// Each bin is a factor of 1.22; the last begins at 0.82, the first holds all below 1 in 12,000.
    private static final int BINS = 48;

    private static final double STEP = 0.2;

    private final double[] quiet = new double[BINS];
    private double all;

    /// Time went by, quiet or not.
    void passed(double millis, double weight) {
        all += millis * weight;
    }

    void quiet(double probability, double millis, double weight) {
        quiet[bin(probability)] += millis * weight;
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

    void scale(double factor) {
        for (int i = 0; i < BINS; i++) {
            quiet[i] *= factor;
        }
        all *= factor;
    }

    void write(DataOutput out) throws IOException {
        Numbers.write(quiet, out);
        out.writeDouble(all);
    }

    static DemandCurve read(DataInput in) throws IOException {
        DemandCurve curve = new DemandCurve();
        Numbers.read(curve.quiet, in);
        curve.all = in.readDouble();
        return curve;
    }
}
