package dev.lectern.conversation;

import dev.lectern.conversation.RetentionDao.Part;
import dev.lectern.conversation.RetentionDao.Place;
import dev.lectern.persistence.Database;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what nobody has touched for long, a little at a time, each time just after a reader was served: then the
/// database is awake anyway, and is kept so for no longer than the moment that it takes.
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /// How many conversations one statement looks at. It takes milliseconds, and gives way to every reader.
    static final int BATCH = 50;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofHours(1);

    private final RetentionDao dao;
    private final Duration keep;
    private final InstantSource clock;
    private final Executor background;
    private final IntConsumer deleted;
    private final AtomicReference<Instant> due = new AtomicReference<>(Instant.MIN);

    /// Where the next part begins. Only one part is looked at at a time.
    private volatile Place place = Place.BEGINNING;

    /// @param keep for how long a conversation is kept that nobody touches
    /// @param background where it works
    /// @param deleted is told how many are gone
    public Retention(Database database, Duration keep, InstantSource clock, Executor background, IntConsumer deleted) {
        this.dao = new RetentionDao(database);
        this.keep = keep;
        this.clock = clock;
        this.background = background;
        this.deleted = deleted;
    }

    /// A reader was just served. Costs the caller nothing.
    public void readerServed() {
        Instant now = clock.instant();
        Instant next = due.get();
        if (!now.isBefore(next) && due.compareAndSet(next, now.plus(LATER))) {
            background.execute(() -> look(now));
        }
    }

    private void look(Instant now) {
        try {
            Optional<Part> part = dao.deleteUntouched(now.minus(keep), place, BATCH);
            part.ifPresent(this::note);
            boolean ended = part.filter(each -> each.looked() < BATCH).isPresent();
            due.set(now.plus(ended ? LATER : SOON));
        } catch (UnavailableException e) {
            LOG.debug("old conversations stay for now: {}", e.getMessage());
            due.set(now.plus(SOON));
        }
    }

    private void note(Part part) {
        Place last = part.last();
        place = part.looked() < BATCH || last == null ? Place.BEGINNING : last;
        if (part.deleted() > 0) {
            deleted.accept(part.deleted());
            LOG.info("deleted {} conversations that nobody has touched for {}", part.deleted(), keep);
        }
    }
}
