package dev.lectern.console;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What has happened of late: the last thousand entries, in memory.
final class EventLog {

    static final int MOST = 1000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long last;
    private volatile Runnable news = () -> {};

    EventLog(InstantSource clock) {
        this.clock = clock;
    }

    /// Sets who is told that there are new entries. It is told on the thread that writes them: it must be quick.
    void onNews(Runnable told) {
        this.news = told;
    }

    Entry write(Entry.Kind kind, Entry.Level level, Entry.Actor actor, String text) {
        return write(kind, level, actor, text, null);
    }

    Entry write(Entry.Kind kind, Entry.Level level, Entry.Actor actor, String text, @Nullable String reason) {
        Entry entry;
        lock.lock();
        try {
            entry = new Entry(++last, clock.instant(), kind, level, actor, text, reason);
            if (entries.size() == MOST) {
                entries.removeFirst();
            }
            entries.addLast(entry);
        } finally {
            lock.unlock();
        }
        news.run();
        return entry;
    }

    /// Those later than one, the newest last.
    ///
    /// @param id of that one; 0 for all there are
    List<Entry> after(long id) {
        lock.lock();
        try {
            List<Entry> later = new ArrayList<>();
            var newestFirst = entries.descendingIterator();
            while (newestFirst.hasNext()) {
                Entry entry = newestFirst.next();
                if (entry.id() <= id) {
                    break;
                }
                later.add(entry);
            }
            return List.copyOf(later.reversed());
        } finally {
            lock.unlock();
        }
    }

    /// The newest entry's id; 0 where there is none.
    long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }
}
