package dev.lectern.neon.warmup;

import java.time.Instant;

/// A rule that says at which moments a compute had better be awake.
///
/// It is a pure function: of what it is given and of nothing else, so that it can be replayed.
public interface WarmupPolicy {

    /// What the policy is called in a configuration and in a report.
    String name();

    /// The first moment, at or after one, at which the compute had better be awake if nobody comes until then.
    Wish wish(Instant from, Outlook outlook);
}
