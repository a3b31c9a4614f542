package dev.lectern.neon.capacity;

import java.time.Duration;

/// What requests are promised, and what is left of it for the database.
///
/// @param target what nineteen of twenty requests may take
/// @param besides what nineteen of twenty take beside their work on the database
/// @param pieces of work that a request has the database do
public record Goal(Duration target, Duration besides, int pieces) {

    public Goal {
        if (target.isNegative() || besides.isNegative() || pieces < 1) {
            throw new IllegalArgumentException("a goal has no negative time, and at least one piece of work");
        }
    }

    /// How long one piece of work may wait for and hold a connection: on the safe side, since the slowest twentieth of
    /// one thing seldom meets that of another.
    public Duration allowance() {
        Duration left = target.minus(besides);
        return left.isNegative() ? Duration.ZERO : left.dividedBy(pieces);
    }
}
