package dev.lectern.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The recent past in slots of equal length, of which the oldest gives way to a new one. Safe for many threads, which
/// never wait for each other.
final class SlidingWindow<T> {

    private final LongSupplier age;
    private final long slot;
    private final AtomicReferenceArray<@Nullable Slot<T>> ring;
    private final Supplier<T> fresh;
    private final @Nullable Consumer<T> clear;
    private final AtomicReference<@Nullable Spare<T>> spare = new AtomicReference<>();

    private record Slot<T>(long number, T content) {}

    /// @param since the number of the slot in which it gave way
    private record Spare<T>(long since, T content) {}

    /// @param length of the whole window
    /// @param slots how many parts it has
    /// @param age how many nanoseconds ago all began that is measured
    /// @param fresh an empty slot's content, which must be safe for many threads
    SlidingWindow(Duration length, int slots, LongSupplier age, Supplier<T> fresh) {
        this(length, slots, age, fresh, null);
    }

    /// @param clear empties what gave way, which a later slot begins with then: large contents would else be made anew
    /// for each slot, and be garbage when they are old
    SlidingWindow(Duration length, int slots, LongSupplier age, Supplier<T> fresh, @Nullable Consumer<T> clear) {
        this.age = age;
        this.slot = length.toNanos() / slots;
        this.ring = new AtomicReferenceArray<>(slots);
        this.fresh = fresh;
        this.clear = clear;
    }

    /// What is going on now belongs here.
    T current() {
        long number = number();
        int place = (int) (number % ring.length());
        @Nullable Slot<T> found = ring.get(place);
        if (found != null && found.number >= number) {
            return found.content;
        }
        Slot<T> begun = new Slot<>(number, empty(number));
        if (!ring.compareAndSet(place, found, begun)) {
            keep(new Spare<>(number, begun.content));
            return Objects.requireNonNull(ring.get(place)).content;
        }
        if (found != null) {
            keep(new Spare<>(number, found.content));
        }
        return begun.content;
    }

    private void keep(Spare<T> content) {
        if (clear != null) {
            spare.set(content);
        }
    }

    /// What gave way in an earlier slot is cleared only now: by then nobody writes to it or reads it any more.
    private T empty(long number) {
        @Nullable Spare<T> used = spare.get();
        if (clear == null || used == null || used.since >= number || !spare.compareAndSet(used, null)) {
            return fresh.get();
        }
        clear.accept(used.content);
        return used.content;
    }

    /// What the window holds.
    List<T> recent() {
        long oldest = number() - ring.length();
        List<T> recent = new ArrayList<>(ring.length());
        for (int i = 0; i < ring.length(); i++) {
            @Nullable Slot<T> each = ring.get(i);
            if (each != null && each.number > oldest) {
                recent.add(each.content);
            }
        }
        return recent;
    }

    /// What the window holds of slots that are over, by their numbers, which count from the beginning.
    NavigableMap<Long, T> past() {
        long present = number();
        NavigableMap<Long, T> past = new TreeMap<>();
        for (int i = 0; i < ring.length(); i++) {
            @Nullable Slot<T> each = ring.get(i);
            if (each != null && each.number > present - ring.length() && each.number < present) {
                past.put(each.number, each.content);
            }
        }
        return past;
    }

    /// The number of the slot that what is going on belongs to.
    long number() {
        return age.getAsLong() / slot;
    }

    /// How much of the past the window covers: less than its length by what is still to come of the youngest slot, or
    /// as it has not been there for long.
    Duration covered() {
        long nanos = age.getAsLong();
        return Duration.ofNanos(Math.min(nanos, (ring.length() - 1) * slot + nanos % slot));
    }
}
