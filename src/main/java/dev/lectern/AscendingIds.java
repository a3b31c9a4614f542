package dev.lectern;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// UUIDv7s, each greater than the one before, and none to be guessed from another: no two of a process have the same
/// millisecond, and the rest is random. Where more than a thousand a second are made, their time runs ahead of the
/// clock.
final class AscendingIds implements Supplier<UUID> {

    private final TimeBasedEpochRandomGenerator random = Generators.timeBasedEpochRandomGenerator();
    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    AscendingIds(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public UUID get() {
        return random.construct(last.updateAndGet(before -> Math.max(clock.millis(), before + 1)));
    }
}
