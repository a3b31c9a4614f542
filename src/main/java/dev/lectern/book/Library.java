package dev.lectern.book;

import dev.lectern.persistence.Database;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All books, in memory: what readers are served from, without the database.
///
/// Each read of [#books] or [#book] sees one moment of the library. New versions are loaded when a statement that ran
/// anyway has [#noticed] them, or on [#refresh]; the database is never asked for them otherwise. A copy on disk lets
/// the
/// process start while the database is down.
public final class Library {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    private final BookDao dao;
    private final Embedder embedder;
    private final ShelfFile copy;
    private final List<Consumer<Collection<Book>>> listeners = new CopyOnWriteArrayList<>();

    /// Held while books are loaded and shown, so that listeners hear of one moment after the other.
    private final ReentrantLock loading = new ReentrantLock();

    private final AtomicBoolean fetching = new AtomicBoolean();
    private final AtomicLong newestNoticed = new AtomicLong(-1);
    private volatile Shelf shelf = Shelf.empty();

    /// @param directory where the copy on disk is kept
    public Library(Database database, Embedder embedder, Path directory) {
        this(new BookDao(database), embedder, directory);
    }

    Library(BookDao dao, Embedder embedder, Path directory) {
        this.dao = dao;
        this.embedder = embedder;
        this.copy = new ShelfFile(directory, embedder.model());
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

    /// A number that grows with each import, of the books that are shown; −1 while there are none.
    public long revision() {
        return shelf.revision();
    }

    /// Is told the library's revision by statements that run anyway. A newer one than is shown is loaded in the
    /// background; this returns at once.
    public void noticed(long revision) {
        newestNoticed.accumulateAndGet(revision, Math::max);
        if (revision > shelf.revision()) {
            fetch();
        }
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
            changedSince(shelf).ifPresent(fresh -> {
                show(fresh);
                copy.write(fresh);
            });
        } finally {
            loading.unlock();
        }
    }

    /// One flight at a time loads; one that fails is repeated by the next notice.
    private void fetch() {
        if (fetching.compareAndSet(false, true)) {
            Thread.ofVirtual().name("library").start(() -> {
                boolean loaded;
                try {
                    loaded = tryRefresh();
                } finally {
                    fetching.set(false);
                }
                if (loaded && newestNoticed.get() > shelf.revision()) {
                    fetch(); // noticed while this flight was under way
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
    private Optional<Shelf> changedSince(Shelf before) {
        BookDao.Catalogue catalogue = dao.catalogue();
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
