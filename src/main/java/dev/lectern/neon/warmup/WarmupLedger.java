package dev.lectern.neon.warmup;

import java.time.Duration;

/// What warm-up did, and what readers met, since a process began or since it was last kept.
///
/// @param wakes how often the compute woke for a reader
/// @param wakeTime how long that took in all
/// @param warmWakes how often it woke for warm-up, when nobody waited
/// @param touches statements that warm-up made
/// @param coldRequests requests that waited for the compute to wake
/// @param coldTime how long they waited in all
/// @param avoided requests that would have waited if warm-up had not kept the compute awake
/// @param cuHours what warm-up added; less than nothing where readers came whom earlier touches were for
public record WarmupLedger(
        long wakes,
        Duration wakeTime,
        long warmWakes,
        long touches,
        long coldRequests,
        Duration coldTime,
        long avoided,
        double cuHours) {

    /// Nothing yet.
    public static final WarmupLedger EMPTY = new WarmupLedger(0, Duration.ZERO, 0, 0, 0, Duration.ZERO, 0, 0);

    /// Both together.
    public WarmupLedger plus(WarmupLedger other) {
        return new WarmupLedger(
                wakes + other.wakes,
                wakeTime.plus(other.wakeTime),
                warmWakes + other.warmWakes,
                touches + other.touches,
                coldRequests + other.coldRequests,
                coldTime.plus(other.coldTime),
                avoided + other.avoided,
                cuHours + other.cuHours);
    }

    WarmupLedger woke(Duration took, boolean forReader) {
        return forReader
                ? new WarmupLedger(
                        wakes + 1, wakeTime.plus(took), warmWakes, touches, coldRequests, coldTime, avoided, cuHours)
                : new WarmupLedger(wakes, wakeTime, warmWakes + 1, touches, coldRequests, coldTime, avoided, cuHours);
    }

    WarmupLedger cold(Duration waited) {
        return new WarmupLedger(
                wakes, wakeTime, warmWakes, touches, coldRequests + 1, coldTime.plus(waited), avoided, cuHours);
    }

    WarmupLedger avoidedOne() {
        return new WarmupLedger(wakes, wakeTime, warmWakes, touches, coldRequests, coldTime, avoided + 1, cuHours);
    }

    WarmupLedger touched() {
        return new WarmupLedger(wakes, wakeTime, warmWakes, touches + 1, coldRequests, coldTime, avoided, cuHours);
    }

    WarmupLedger spent(double more) {
        return new WarmupLedger(wakes, wakeTime, warmWakes, touches, coldRequests, coldTime, avoided, cuHours + more);
    }
}
