package dev.lectern.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.book.manuscript.Draft;
import dev.lectern.book.manuscript.ManuscriptSource;
import dev.lectern.persistence.Database;
import dev.lectern.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryLookupIT {

    @TempDir
    Path folder;

    private final Database database = TestPostgres.open(TestPostgres.freshDatabase());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T10:00:00Z"));
    private final CountingEmbedder embedder = new CountingEmbedder();
    private final BookImporter otherProcess = new BookImporter(database, embedder, Clock.systemUTC(), () -> {});

    private Library library() {
        return new Library(new BookDao(database), embedder, folder.resolve("library"), now::get, Runnable::run);
    }

    private void load(String slug, String text) {
        Path zip = new Draft().file("index.md", "# Home\n" + text).zip(folder.resolve(slug + ".zip"));
        otherProcess.importBook(Edition.of(slug, null, null), ManuscriptSource.at(zip), ImportProgress.NONE);
    }

    @Test
    void learns_of_a_book_of_another_process_when_a_reader_names_it() {
        load("a", "One.");
        Library library = library();
        library.open();
        load("b", "Two.");

        assertThat(library.book("b")).isEmpty();
        assertThat(library.knows("b")).isTrue();
        assertThat(library.book("b")).isPresent();
    }

    @Test
    void looks_for_unknown_books_once_in_five_seconds() {
        Library library = library();
        library.open();
        assertThat(library.knows("a")).isFalse();
        load("a", "One.");
        load("b", "Two.");

        now.updateAndGet(each -> each.plusMillis(4_999));
        assertThat(library.knows("a")).isFalse();
        assertThat(library.knows("No slug")).isFalse();
        now.updateAndGet(each -> each.plusMillis(1));
        assertThat(library.knows("a")).isTrue();
        assertThat(library.knows("b")).isTrue();
    }

    @Test
    void knows_what_it_holds_while_the_database_is_down() {
        load("a", "One.");
        Library library = library();
        library.open();
        database.background(handle -> handle.execute("ALTER TABLE library RENAME TO away"));

        assertThat(library.knows("a")).isTrue();
        assertThat(library.knows("b")).isFalse();
    }

    @Test
    void looks_once_for_each_notice_that_does_not_come_true() {
        load("a", "One.");
        AtomicInteger flights = new AtomicInteger();
        Library library = new Library(new BookDao(database), embedder, folder.resolve("library"), now::get, flight -> {
            flights.incrementAndGet();
            flight.run();
        });
        library.open();

        library.noticed(99);
        assertThat(flights).hasValue(1);
        library.noticed(library.revision());
        assertThat(flights).hasValue(1);
    }
}
