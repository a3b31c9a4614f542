package dev.lectern.neon.capacity;

/// What a pool is asked for.
///
/// @param perSecond how many pieces of work come in a second
/// @param burstiness the index of dispersion of the counts of single seconds: variance by mean. 1 where they come at
///   random, as independent readers do
/// @param holds for how long each holds a connection
public record Demand(double perSecond, double burstiness, TimeDistribution holds) {

    public Demand {
        if (!(perSecond >= 0 && burstiness >= 0)) {
            throw new IllegalArgumentException("neither rate nor burstiness may be negative");
        }
    }

    /// So many times as many of the same: as bursty, and holding connections for as long.
    public Demand times(double growth) {
        return new Demand(growth * perSecond, burstiness, holds);
    }

    /// How many connections are in use on average, by Little's law (doi:10.1287/opre.9.3.383).
    public double inUse() {
        return perSecond * holds.meanSeconds();
    }
}
