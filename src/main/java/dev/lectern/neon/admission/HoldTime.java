package dev.lectern.neon.admission;

/// How long one class of work holds its permits: now, and usually.
///
/// Both are means, since a mean is what a queue's length is multiplied by; and both are robust, since no single
/// hold counts for more than four times the mean.
final class HoldTime {

    private static final double CLIP = 4;

    /// Sixteen holds make the recent mean: it follows a change of ten times within twenty.
    private static final double RECENT = 1.0 / 16;

    private static final double USUAL = 1.0 / 64;

    private double recent;
    private double usual;

    /// Takes one hold in.
    ///
    /// @param calm whether half of the permits lay ready, so that the hold shows the database and not its load
    /// @return how many times the usual it was, four at most
    double took(double nanos, boolean calm) {
        if (recent == 0) {
            recent = nanos;
            usual = nanos;
            return 1;
        }
        double ratio = Math.min(nanos / usual, CLIP);
        recent += (Math.min(nanos, CLIP * recent) - recent) * RECENT;
        if (calm) {
            usual += (Math.min(nanos, CLIP * usual) - usual) * USUAL;
        }
        // Under load the usual only falls: else a load that stays would come to pass for the usual.
        usual = Math.min(usual, recent);
        return ratio;
    }

    /// The recent mean in nanoseconds; 0 where nothing is known.
    double recent() {
        return recent;
    }
}
