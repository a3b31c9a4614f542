package dev.lectern.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.book.manuscript.Draft;
import dev.lectern.book.manuscript.ManuscriptSource;
import dev.lectern.persistence.Database;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryIT {

    @TempDir
    Path folder;

    private static final Database DATABASE = TestPostgres.open(TestPostgres.freshDatabase());

    private final Database database = DATABASE;
    private final ExecutorService flights = Executors.newVirtualThreadPerTaskExecutor();
    private final CountingEmbedder embedder = new CountingEmbedder();
    private final BookImporter otherProcess = new BookImporter(database, embedder, Clock.systemUTC(), () -> {});

    @AfterEach
    void empty() {
        flights.close(); // which write to the folder otherwise while it is deleted
        database.background(handle -> handle.execute("ALTER TABLE IF EXISTS away RENAME TO library"));
        Shelves.empty(database);
    }

    private Library library() {
        return new Library(new BookDao(database), embedder, folder.resolve("library"), InstantSource.system(), flights);
    }

    private long load(String slug, String text) {
        Path zip = new Draft().file("index.md", "# Home\n" + text).zip(folder.resolve(slug + ".zip"));
        return otherProcess
                .importBook(Edition.of(slug, null, null), ManuscriptSource.at(zip), ImportProgress.NONE)
                .version();
    }

    private void databaseIsDown(boolean down) {
        database.background(handle ->
                handle.execute(down ? "ALTER TABLE library RENAME TO away" : "ALTER TABLE away RENAME TO library"));
    }

    private static @Nullable String text(Library library, String slug) {
        return library.book(slug).map(book -> book.passages().getFirst().text()).orElse(null);
    }

    @Test
    void is_filled_from_the_database_and_leaves_a_copy_on_disk() throws Exception {
        load("a", "One.");
        Library library = library();

        library.open();

        assertThat(text(library, "a")).isEqualTo("One.");
        assertThat(library.revision()).isEqualTo(1);
        assertThat(new ShelfFile(folder.resolve("library"), embedder.model()).read())
                .hasValueSatisfying(shelf ->
                        assertThat(List.copyOf(shelf.books().values())).isEqualTo(List.copyOf(library.books())));
    }

    @Test
    void serves_the_copy_while_the_database_is_down() {
        load("a", "One.");
        library().open();
        databaseIsDown(true);
        Library library = library();

        library.open();

        assertThat(text(library, "a")).isEqualTo("One.");
    }

    @Test
    void is_empty_where_neither_database_nor_copy_can_be_had_and_fills_with_the_next_notice() throws Exception {
        long revision = load("a", "One.");
        databaseIsDown(true);
        Library library = library();
        library.open();
        assertThat(library.books()).isEmpty();

        databaseIsDown(false);
        BlockingQueue<Integer> changes = new LinkedBlockingQueue<>();
        library.onChange(books -> changes.add(books.size()));
        library.noticed(revision);

        assertThat(changes.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void ignores_a_damaged_copy() throws IOException {
        load("a", "One.");
        library().open();
        Path copy = folder.resolve("library/books.shelf");
        byte[] bytes = Files.readAllBytes(copy);
        bytes[bytes.length / 2] ^= 1;
        Files.write(copy, bytes);
        databaseIsDown(true);
        Library library = library();

        library.open();

        assertThat(library.books()).isEmpty();
    }

    @Test
    void loads_a_new_version_when_it_is_noticed_and_only_what_changed() throws Exception {
        load("a", "One.");
        load("b", "Two.");
        Library library = library();
        library.open();
        Book unchanged = library.book("a").orElseThrow();
        BlockingQueue<Collection<Book>> changes = new LinkedBlockingQueue<>();
        library.onChange(changes::add);
        assertThat(changes.poll()).hasSize(2);

        long revision = load("b", "Three.");
        assertThat(text(library, "b")).isEqualTo("Two.");
        library.noticed(revision);

        assertThat(changes.poll(10, TimeUnit.SECONDS)).hasSize(2);
        library.refresh(); // returns when the flight that told the listener has landed
        assertThat(text(library, "b")).isEqualTo("Three.");
        assertThat(library.book("a").orElseThrow()).isSameAs(unchanged);
        assertThat(changes).isEmpty();
    }

    @Test
    void asks_the_database_nothing_when_its_own_revision_is_noticed() {
        long revision = load("a", "One.");
        Library library = library();
        library.open();
        databaseIsDown(true);

        library.noticed(revision);

        assertThat(library.books()).hasSize(1);
    }

    @Test
    void follows_a_database_that_was_put_back_and_then_rests() throws Exception {
        long first = load("a", "One.");
        load("b", "Two.");
        Library library = library();
        library.open();
        BlockingQueue<Integer> changes = new LinkedBlockingQueue<>();
        library.onChange(books -> changes.add(books.size()));
        assertThat(changes.poll()).isEqualTo(2);
        database.background(handle -> handle.execute(
                "WITH gone AS (DELETE FROM book WHERE slug = 'b') UPDATE library SET revision = " + first));

        library.noticed(first);

        assertThat(changes.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
        library.refresh(); // returns when the flight has landed
        assertThat(library.revision()).isEqualTo(first);
        assertThat(library.books()).extracting(Book::slug).containsExactly("a");
    }

    @Test
    void replaces_the_copy_of_another_database_though_the_revision_is_the_same() throws Exception {
        load("a", "One.");
        library().open();
        Shelves.empty(database);
        long revision = load("b", "Other.");
        databaseIsDown(true);
        Library library = library();
        library.open();
        assertThatThrownBy(library::refresh).isInstanceOf(RuntimeException.class);
        assertThat(library.revision()).isEqualTo(revision);
        databaseIsDown(false);
        CountDownLatch replaced = new CountDownLatch(1);
        library.onChange(books -> {
            if (books.iterator().next().slug().equals("b")) {
                replaced.countDown();
            }
        });

        library.noticed(revision);

        assertThat(replaced.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void repeats_a_failed_load_at_the_next_notice() throws Exception {
        load("a", "One.");
        Library library = library();
        library.open();
        long revision = load("a", "Two.");
        databaseIsDown(true);
        assertThatThrownBy(library::refresh).isInstanceOf(RuntimeException.class);
        assertThat(text(library, "a")).isEqualTo("One.");

        databaseIsDown(false);
        BlockingQueue<String> changes = new LinkedBlockingQueue<>();
        library.onChange(books ->
                changes.add(books.iterator().next().passages().getFirst().text()));
        assertThat(changes.poll()).isEqualTo("One.");
        library.noticed(revision);

        assertThat(changes.poll(10, TimeUnit.SECONDS)).isEqualTo("Two.");
    }

    @Test
    void shows_a_book_only_when_its_listeners_have_it() {
        load("a", "One.");
        Library library = library();
        List<String> seen = new ArrayList<>();
        library.onChange(books ->
                seen.add("told " + books.size() + ", shown " + library.books().size()));

        library.open();

        assertThat(seen).containsExactly("told 1, shown 0");
    }

    @Test
    void keeps_the_old_books_where_a_listener_fails() {
        load("a", "One.");
        Library library = library();
        library.open();
        load("a", "Two.");
        library.onChange(books -> {
            if (books.stream().anyMatch(book -> book.version() == 2)) {
                throw new IllegalStateException("no index");
            }
        });

        assertThatThrownBy(library::refresh).hasMessage("no index");
        assertThat(text(library, "a")).isEqualTo("One.");
    }

    @Test
    void embeds_in_memory_what_has_an_embedding_of_another_model() {
        load("a", "One.");
        CountingEmbedder other = new CountingEmbedder("counting-2");
        Library library =
                new Library(new BookDao(database), other, folder.resolve("library"), InstantSource.system(), flights);

        library.open();

        assertThat(other.asked()).containsExactly("Home\nOne.");
        assertThat(library.book("a").orElseThrow().passages().getFirst().embedding())
                .isEqualTo(other.embed(List.of("Home\nOne.")).getFirst());
    }

    @Test
    void does_not_take_another_database_for_this_one() {
        load("a", "One.");
        library().open();
        Database another = TestPostgres.open(TestPostgres.freshDatabase());
        Path zip = new Draft().file("index.md", "# Home\nOther.").zip(folder.resolve("other.zip"));
        new BookImporter(another, embedder, Clock.systemUTC(), () -> {})
                .importBook(Edition.of("a", null, null), ManuscriptSource.at(zip), ImportProgress.NONE);
        Library library =
                new Library(new BookDao(another), embedder, folder.resolve("library"), InstantSource.system(), flights);

        library.open();
        library.refresh();

        assertThat(text(library, "a")).isEqualTo("Other.");
    }

    @Test
    void forgets_a_book_that_is_gone() {
        load("a", "One.");
        load("b", "Two.");
        Library library = library();
        library.open();
        database.background(handle -> handle.execute(
                "WITH gone AS (DELETE FROM book WHERE slug = 'a') UPDATE library SET revision = revision + 1"));

        library.refresh();

        assertThat(library.books()).extracting(Book::slug).containsExactly("b");
    }
}
