package dev.lectern.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's pulse: one thread that lets a second pass in the event log, and tells all who watch what is new. What
/// it sends is made once for all of them, and only while somebody watches.
final class Broadcast implements Runnable, AutoCloseable {

    static final int MOST_WATCHERS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final EventLog log;
    private final ObjectMapper json;
    private final Runnable tick;
    private final Map<String, Supplier<List<?>>> everySecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Subscription> watchers = new ArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private long told;
    private volatile boolean closed;

    /// @param tick is run each second, whether somebody watches or not
    /// @param everySecond what is sent each second, by the event's name
    Broadcast(EventLog log, ObjectMapper json, Runnable tick, Map<String, Supplier<List<?>>> everySecond) {
        this.log = log;
        this.json = json;
        this.tick = tick;
        this.everySecond = new LinkedHashMap<>(everySecond);
        log.onNews(news::release);
    }

    /// Somebody watches from now on.
    ///
    /// @param after the id of the last entry that he knows; negative where he wants none that are old
    /// @return empty where too many watch, or the process ends
    Optional<Subscription> subscribe(long after) {
        lock.lock();
        try {
            if (closed || watchers.size() >= MOST_WATCHERS) {
                return Optional.empty();
            }
            Subscription watcher = new Subscription();
            if (after >= 0) {
                StringBuilder missed = new StringBuilder();
                for (Entry entry : log.after(after)) {
                    if (entry.id() <= told) {
                        missed.append(event(entry));
                    }
                }
                watcher.offer(missed.toString().getBytes(UTF_8));
            }
            everySecond.forEach((name, what) -> what.get().forEach(each -> watcher.offer(event(name, each))));
            watchers.add(watcher);
            return Optional.of(watcher);
        } finally {
            lock.unlock();
        }
    }

    /// He has gone.
    void unsubscribe(Subscription watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /// Works until it is closed.
    @Override
    public void run() {
        long due = System.nanoTime() + SECOND;
        try {
            while (!closed) {
                news.tryAcquire(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
                news.drainPermits();
                safely(this::tellNews);
                if (due - System.nanoTime() <= 0) {
                    // A second that was slept through is not made up for.
                    due = Math.max(due + SECOND, System.nanoTime());
                    safely(tick);
                    safely(this::tellSecond);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            watchers.forEach(Subscription::end);
            watchers.clear();
        } finally {
            lock.unlock();
        }
        news.release();
    }

    private void tellNews() {
        lock.lock();
        try {
            for (Entry entry : log.after(told)) {
                told = entry.id();
                if (!watchers.isEmpty()) {
                    tell(event(entry).getBytes(UTF_8));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellSecond() {
        lock.lock();
        try {
            if (!watchers.isEmpty()) {
                everySecond.forEach((name, what) -> what.get().forEach(each -> tell(event(name, each))));
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(byte[] chunk) {
        watchers.removeIf(watcher -> !watcher.offer(chunk));
    }

    private String event(Entry entry) {
        return "id: " + entry.id() + "\nevent: entry\ndata: " + line(entry) + "\n\n";
    }

    private byte[] event(String name, Object payload) {
        return ("event: " + name + "\ndata: " + line(payload) + "\n\n").getBytes(UTF_8);
    }

    private String line(Object payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void safely(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.warn("the console missed a beat", e);
        }
    }
}
