package dev.lectern.neon.admission;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/// A fair semaphore with a timeout before a simulated database: what Lectern had before, and most services have.
final class SemaphoreEntrance implements Entrance {

    private final int maximum;
    private final BiConsumer<Request, Boolean> decided;
    private final Set<Request> queue = new LinkedHashSet<>();
    private int out;

    SemaphoreEntrance(int maximum, BiConsumer<Request, Boolean> decided) {
        this.maximum = maximum;
        this.decided = decided;
    }

    @Override
    public void arrive(long now, Request request) {
        queue.add(request);
        serve();
    }

    @Override
    public void begin(long now, Request request) {}

    @Override
    public void finish(long now, Request request, Permit.Outcome outcome) {
        out--;
        serve();
    }

    @Override
    public void expire(long now, Request request) {
        if (queue.remove(request)) {
            decided.accept(request, false);
        }
    }

    @Override
    public void resize(long now, int ignored) {}

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public int limit() {
        return maximum;
    }

    private void serve() {
        while (out < maximum && !queue.isEmpty()) {
            Request first = queue.iterator().next();
            queue.remove(first);
            out++;
            decided.accept(first, true);
        }
    }
}
