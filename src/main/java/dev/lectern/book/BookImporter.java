package dev.lectern.book;

import dev.lectern.book.manuscript.FlawException;
import dev.lectern.book.manuscript.Limits;
import dev.lectern.book.manuscript.Manuscript;
import dev.lectern.book.manuscript.ManuscriptSource;
import dev.lectern.book.manuscript.Names;
import dev.lectern.book.manuscript.Page;
import dev.lectern.persistence.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a manuscript the new version of a book. Readers see the old one until the new one is whole.
///
/// A connection is held to read what is there and to store what is new, never while a text is read or embedded.
public final class BookImporter {

    private static final Logger LOG = LoggerFactory.getLogger(BookImporter.class);

    private final BookDao dao;
    private final Embedder embedder;
    private final InstantSource clock;
    private final Runnable imported;

    /// Imports take much memory: one at a time in a process.
    private final ReentrantLock one = new ReentrantLock(true);

    /// @param imported is run after each import, before it is called done: makes the new version visible here
    public BookImporter(Database database, Embedder embedder, InstantSource clock, Runnable imported) {
        this(new BookDao(database), embedder, clock, imported);
    }

    BookImporter(BookDao dao, Embedder embedder, InstantSource clock, Runnable imported) {
        this.dao = dao;
        this.embedder = embedder;
        this.clock = clock;
        this.imported = imported;
    }

    /// Imports a book.
    ///
    /// @throws FlawException where the manuscript cannot become a book
    /// @throws dev.lectern.problem.UnavailableException where the database cannot serve
    public Imported importBook(Edition edition, ManuscriptSource source, ImportProgress progress) {
        one.lock();
        try {
            return run(edition, source, progress);
        } finally {
            one.unlock();
        }
    }

    private Imported run(Edition asked, ManuscriptSource source, ImportProgress progress) {
        long start = System.nanoTime();
        progress.reached(ImportProgress.Stage.READING, 0, 0);
        Manuscript manuscript = Manuscript.read(source, asked.baseUrl(), Limits.DEFAULT);
        Edition edition = asked.at(manuscript.baseUrl());
        List<PassageText> texts = PassageText.of(edition, manuscript.pages());
        String slug = edition.slug().value();
        Map<String, Embedding> embeddings = new HashMap<>(dao.embeddings(slug, embedder.model()));
        List<PassageText> fresh = texts.stream()
                .filter(text -> !embeddings.containsKey(text.hash()))
                .toList();
        List<Embedding> made = Passages.embed(
                embedder, fresh.stream().map(PassageText::meaning).toList(), progress);
        for (int i = 0; i < fresh.size(); i++) {
            embeddings.put(fresh.get(i).hash(), made.get(i));
        }

        List<Passage> passages = new ArrayList<>(texts.size());
        for (PassageText text : texts) {
            passages.add(text.with(slug, embedding(embeddings, text)));
        }
        Book book = new Book(
                slug,
                edition.title().or(manuscript::title).orElseGet(() -> Names.titleOf(slug)),
                edition.baseUrl().orElse(null),
                0,
                chapters(edition, manuscript.pages()),
                passages);
        progress.reached(ImportProgress.Stage.STORING, texts.size(), texts.size());
        List<String> hashes = texts.stream().map(PassageText::hash).toList();
        BookDao.Stored stored = dao.replace(book, hashes, embedder.model(), clock.instant());
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        show(slug);
        return summary(book, stored, fresh.size(), taken, manuscript.warnings());
    }

    /// The version is stored: that it cannot be shown yet does not undo the import.
    private void show(String slug) {
        try {
            imported.run();
        } catch (RuntimeException e) {
            LOG.warn("{} is stored, but not shown here before the next notice of it: {}", slug, e.toString());
        }
    }

    private static Embedding embedding(Map<String, Embedding> embeddings, PassageText text) {
        Embedding embedding = embeddings.get(text.hash());
        if (embedding == null) {
            throw new IllegalStateException("the embedder gave fewer embeddings than it was given texts");
        }
        return embedding;
    }

    private static List<Chapter> chapters(Edition edition, List<Page> pages) {
        return pages.stream()
                .map(page -> new Chapter(
                        page.slug(), page.title(), edition.base() + page.address(), page.markdown(), page.headings()))
                .toList();
    }

    private static Imported summary(
            Book book, BookDao.Stored stored, int embedded, Duration taken, List<String> warnings) {
        double seconds = taken.toNanos() / 1e9;
        int passages = book.passages().size();
        return new Imported(
                book.slug(),
                book.title(),
                stored.version(),
                stored.created(),
                book.chapters().size(),
                passages,
                embedded,
                passages - embedded,
                Math.round(seconds * 1000) / 1000.0,
                Math.round(passages / seconds * 10) / 10.0,
                warnings);
    }
}
