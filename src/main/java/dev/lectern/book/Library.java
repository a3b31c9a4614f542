package dev.lectern.book;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All books, in memory: what readers are served from, without the database.
///
/// Each read of [#books] or [#book] sees one moment of the library. New versions are loaded when a statement that ran
/// anyway has [#noticed] them, on [#refresh], or when a reader names a book that is not [known][#knows]; the database
/// is never asked for them otherwise. A copy on disk lets the process start while the database is down.
public final class Library {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    /// How long readers' questions for unknown books are answered from memory after one has been looked up.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// How long a reader waits for books that are being loaded.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long NOTHING = Long.MIN_VALUE;

    private final BookDao dao;
    private final Embedder embedder;
    private final ShelfFile copy;
    private final InstantSource clock;
    private final Executor flights;
    private final List<Consumer<Collection<Book>>> listeners = new CopyOnWriteArrayList<>();

    /// Held while books are loaded and shown, so that listeners hear of one moment after the other.
    private final ReentrantLock loading = new ReentrantLock();

    private final AtomicBoolean fetching = new AtomicBoolean();

    /// What was noticed last and no flight has looked after yet.
    private final AtomicLong unseen = new AtomicLong(NOTHING);

    /// Whether the database has been seen since the start: a copy on disk may be another database's.
    private volatile boolean confirmed;

    /// When a reader's question last made the database be asked; guarded by [#loading].
    private volatile Instant asked = Instant.EPOCH;

    private volatile Shelf shelf = Shelf.empty();

    /// @param directory where the copy on disk is kept
    /// @param flights what loads in the background
    Library(BookDao dao, Embedder embedder, Path directory, InstantSource clock, Executor flights) {
        this.dao = dao;
        this.embedder = embedder;
        this.copy = new ShelfFile(directory, embedder.model());
        this.clock = clock;
        this.flights = flights;
    }

    /// Fills the library: from the copy on disk where there is one, which the database then renews in the background;
    /// else from the database. Does not fail where neither can be had: books come with the first notice then.
    public void open() {
        Optional<Shelf> found = copy.read();
        found.ifPresent(this::show);
        if (found.isPresent()) {
            fetch();
        } else if (!tryRefresh()) {
            LOG.warn("There are no books yet: the database cannot be reached, and there is no copy on disk.");
        }
    }

    /// All books, by slug.
    public Collection<Book> books() {
        return shelf.books().values();
    }

    public Optional<Book> book(String slug) {
        return Optional.ofNullable(shelf.books().get(slug));
    }

    /// Whether there is a book of this name. For a name that is not known here the database is looked at, because
    /// another process may have imported the book: at most once in five seconds for all names together, while other
    /// callers wait for the outcome a moment. Where the database cannot serve, what is in memory decides.
    public boolean knows(String slug) {
        if (book(slug).isEmpty() && BookSlug.isValid(slug) && mayAsk()) {
            ask(slug);
        }
        return book(slug).isPresent();
    }

    /// All books at one moment, with their editions.
    Shelf shelf() {
        return shelf;
    }

    /// A number that grows with each import, of the books that are shown; −1 while there are none. It is smaller than
    /// before where the database has been put back to an earlier moment.
    public long revision() {
        return shelf.revision();
    }

    /// Is told the library's revision by statements that run anyway. Another one than is shown is loaded in the
    /// background, also a smaller one; this returns at once.
    public void noticed(long revision) {
        if (isNews(revision)) {
            unseen.set(revision);
            fetch();
        }
    }

    private boolean isNews(long revision) {
        return revision != shelf.revision() || !confirmed;
    }

    /// Is told all books whenever they change, before readers see them; and those of now, if there are any, at once.
    /// What a listener makes of the books is thus there when they are. A listener that throws keeps the old ones.
    public void onChange(Consumer<Collection<Book>> listener) {
        loading.lock();
        try {
            listeners.add(listener);
            if (shelf.revision() >= 0) {
                listener.accept(books());
            }
        } finally {
            loading.unlock();
        }
    }

    /// Loads what has changed, and returns when readers see it.
    ///
    /// @throws dev.lectern.problem.UnavailableException where the database cannot serve
    public void refresh() {
        loading.lock();
        try {
            load(dao.catalogue());
        } finally {
            loading.unlock();
        }
    }

    private void load(BookDao.Catalogue catalogue) {
        changedSince(shelf, catalogue).ifPresent(fresh -> {
            show(fresh);
            copy.write(fresh);
        });
        confirmed = true;
    }

    private boolean mayAsk() {
        return Duration.between(asked, clock.instant()).abs().compareTo(PAUSE) >= 0;
    }

    /// Looks once for all who ask meanwhile, and for no longer than a reader waits.
    private void ask(String slug) {
        try {
            if (!loading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (book(slug).isEmpty() && mayAsk()) {
                lookUp(slug);
            }
        } finally {
            loading.unlock();
        }
    }

    private void lookUp(String slug) {
        try {
            load(dao.catalogueForReader());
        } catch (RuntimeException e) {
            LOG.info("Whether there is a book {} could not be looked up: {}", slug, e.toString());
        } finally {
            asked = clock.instant();
        }
    }

    /// One flight at a time loads; one that fails is repeated by the next notice. What is noticed during a flight
    /// makes one more, if it is news still.
    private void fetch() {
        if (fetching.compareAndSet(false, true)) {
            flights.execute(() -> {
                boolean loaded;
                unseen.set(NOTHING);
                try {
                    loaded = tryRefresh();
                } finally {
                    fetching.set(false);
                }
                long late = unseen.getAndSet(NOTHING);
                if (loaded && late != NOTHING && isNews(late)) {
                    fetch();
                }
            });
        }
    }

    private boolean tryRefresh() {
        try {
            refresh();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The books could not be loaded; the next notice of a new version repeats it: {}", e.toString());
            return false;
        }
    }

    /// The library of now, where it is another; books that have not changed are those of `before`.
    private Optional<Shelf> changedSince(Shelf before, BookDao.Catalogue catalogue) {
        if (catalogue.revision() == before.revision() && catalogue.editions().equals(before.editions())) {
            return Optional.empty();
        }
        TreeMap<String, Book> books = new TreeMap<>();
        Map<String, UUID> editions = new HashMap<>();
        catalogue.editions().forEach((slug, edition) -> {
            Book held = before.books().get(slug);
            if (held != null && edition.equals(before.editions().get(slug))) {
                books.put(slug, held);
                editions.put(slug, edition);
            } else {
                dao.book(slug).ifPresent(stored -> {
                    books.put(slug, modernised(stored));
                    editions.put(slug, stored.edition());
                });
            }
        });
        return Optional.of(new Shelf(catalogue.revision(), books, editions));
    }

    private Book modernised(BookDao.StoredBook stored) {
        return Passages.modernised(stored.book(), stored.models(), embedder);
    }

    private void show(Shelf next) {
        loading.lock();
        try {
            listeners.forEach(listener -> listener.accept(next.books().values()));
            shelf = next;
        } finally {
            loading.unlock();
        }
        LOG.info("{} books of revision {} are shown", next.books().size(), next.revision());
    }
}
