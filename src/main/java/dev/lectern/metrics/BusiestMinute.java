package dev.lectern.metrics;

import dev.lectern.neon.capacity.Demand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The minute of the last hour in which most work asked for a connection. Times are those that 95 of 100 did not
/// exceed, and null where there were none.
///
/// @param secondsAgo when it ended
/// @param seconds how much of it there is: less than 60 where the process is younger
/// @param refused pieces of work that got no connection, which are part of the demand
/// @param wakes of the compute, which were waited for, too
/// @param waited for the database and a permit
/// @param whole from being asked for to having given the connection back, of the work that was done
/// @param rest what requests that had some work done took beside that and beside language models
/// @param pieces of work that such a request had done, on average, rounded up
public record BusiestMinute(
        long secondsAgo,
        int seconds,
        Demand demand,
        long refused,
        long wakes,
        @Nullable Duration waited,
        @Nullable Duration whole,
        @Nullable Duration rest,
        int pieces) {}
