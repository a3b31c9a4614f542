package dev.lectern.embedded.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Remembers how often and how long a compute was woken. Its compute guards it.
final class WakeLog {

    private static final int REMEMBERED = 100;

    private final Deque<Duration> latest = new ArrayDeque<>();
    private long count;

    void add(Duration wake) {
        count++;
        if (latest.size() == REMEMBERED) {
            latest.removeFirst();
        }
        latest.addLast(wake);
    }

    Wakes read() {
        return new Wakes(count, List.copyOf(latest));
    }
}
