package dev.lectern.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.book.manuscript.Draft;
import dev.lectern.book.manuscript.FlawException;
import dev.lectern.book.manuscript.Heading;
import dev.lectern.book.manuscript.ManuscriptSource;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.persistence.Database;
import dev.lectern.problem.UnavailableException;
import dev.lectern.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookImporterIT {

    private static final String LONG = "The pool holds connections. ".repeat(12);

    @TempDir
    Path folder;

    private static final String NAME = TestPostgres.freshDatabase();
    private static final Database DATABASE = TestPostgres.open(NAME);

    private final Database database = DATABASE;
    private final BookDao dao = new BookDao(database);
    private final CountingEmbedder embedder = new CountingEmbedder();

    @AfterEach
    void empty() {
        Shelves.empty(database);
        database.background(handle -> handle.execute("""
                DROP FUNCTION IF EXISTS refuse CASCADE;
                DROP FUNCTION IF EXISTS suspend CASCADE;
                DROP SEQUENCE IF EXISTS attempt;
                """));
    }

    private BookImporter importer(Embedder with) {
        return new BookImporter(dao, with, InstantSource.fixed(Instant.parse("2026-11-01T10:00:00Z")), () -> {});
    }

    private Imported load(Draft draft) {
        return importer(embedder)
                .importBook(edition(), ManuscriptSource.at(draft.zip(folder.resolve("book.zip"))), ImportProgress.NONE);
    }

    private static Edition edition() {
        return Edition.of("my-book", null, "https://book.example/docs");
    }

    private static Draft twoPages(String second) {
        return new Draft()
                .file("index.md", "# My Book\n" + LONG + "\n\n## Sizes {#how-large}\n\n" + LONG)
                .file("02-two/03-deep.md", "# Deep\n" + second);
    }

    private Book stored() {
        return dao.book("my-book").orElseThrow().book();
    }

    @Test
    void stores_chapters_and_passages_as_readers_get_them() {
        Imported imported = load(twoPages("Short."));

        assertThat(imported)
                .extracting(
                        Imported::book,
                        Imported::title,
                        Imported::version,
                        Imported::created,
                        Imported::chapters,
                        Imported::passages,
                        Imported::embedded,
                        Imported::reused)
                .containsExactly("my-book", "My Book", 1L, true, 2, 3, 3, 0);
        Book book = stored();
        assertThat(book.chapters()).extracting(Chapter::slug).containsExactly("index", "two/deep");
        assertThat(book.chapters())
                .extracting(Chapter::url)
                .containsExactly("https://book.example/docs/", "https://book.example/docs/two/deep");
        assertThat(book.chapter("index").orElseThrow().headings())
                .containsExactly(new Heading(2, "Sizes", "how-large"));
        Passage sizes = book.passages().get(1);
        assertThat(sizes.headings()).containsExactly("Sizes");
        assertThat(sizes.anchor()).isEqualTo("how-large");
        assertThat(sizes.title()).isEqualTo("Sizes");
        assertThat(sizes.url()).isEqualTo("https://book.example/docs/");
        assertThat(sizes.text()).isEqualTo(LONG.strip());
        assertThat(sizes.embedding())
                .isEqualTo(embedder.embed(List.of("My Book\nSizes\n" + LONG.strip()))
                        .getFirst());
        assertThat(book.passages().getLast().title()).isEqualTo("Deep");
    }

    @Test
    void makes_paths_of_addresses_where_no_base_url_is_known() {
        importer(embedder)
                .importBook(
                        Edition.of("my-book", "Given", null),
                        ManuscriptSource.at(twoPages("Short.").zip(folder.resolve("book.zip"))),
                        ImportProgress.NONE);

        assertThat(stored().title()).isEqualTo("Given");
        assertThat(stored().chapters()).extracting(Chapter::url).containsExactly("/", "/two/deep");
    }

    @Test
    void keeps_ids_and_embeddings_of_passages_that_did_not_change() {
        load(twoPages("Short."));
        List<Passage> before = stored().passages();
        embedder.asked().clear();

        Imported imported = load(twoPages("Another text."));

        assertThat(imported)
                .extracting(Imported::created, Imported::embedded, Imported::reused, Imported::version)
                .containsExactly(false, 1, 2, 2L);
        assertThat(embedder.asked()).containsExactly("Deep\nAnother text.");
        List<Passage> after = stored().passages();
        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.get(2).id()).isNotEqualTo(before.get(2).id());
    }

    @Test
    void embeds_anew_with_another_model() {
        load(twoPages("Short."));
        CountingEmbedder other = new CountingEmbedder("counting-2");

        Imported imported = importer(other)
                .importBook(edition(), ManuscriptSource.at(folder.resolve("book.zip")), ImportProgress.NONE);

        assertThat(imported.embedded()).isEqualTo(3);
        assertThat(dao.book("my-book").orElseThrow().models()).containsOnly("counting-2");
    }

    @Test
    void gives_repeated_passages_ids_of_their_own() {
        load(new Draft().file("a.md", "# A\n\n## B {#b}\n\n" + LONG + "\n\n## B {#b}\n\n" + LONG));

        assertThat(stored().passages())
                .extracting(Passage::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(embedder.asked()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void holds_no_connection_while_it_embeds() {
        int poolSize = 4;
        CyclicBarrier allHeld = new CyclicBarrier(poolSize);
        List<Future<?>> holders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            embedder.meanwhile(() -> {
                for (int i = 0; i < poolSize; i++) {
                    // The one class that may have all connections.
                    holders.add(threads.submit(() -> database.complete(handle -> {
                        try {
                            return allHeld.await(20, TimeUnit.SECONDS);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })));
                }
                holders.forEach(holder -> assertThat(holder).succeedsWithin(Duration.ofSeconds(25)));
            });

            assertThat(load(twoPages("Short.")).passages()).isEqualTo(3);
        }
        assertThat(holders).hasSize(poolSize);
    }

    @Test
    void leaves_the_old_version_where_the_new_one_cannot_be_stored() {
        load(twoPages("Short."));
        Book before = stored();
        database.background(handle -> handle.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF new.text LIKE 'Refuse%' THEN RAISE 'refused'; END IF; RETURN new; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON passage FOR EACH ROW EXECUTE FUNCTION refuse();
                """));

        assertThatThrownBy(() -> load(twoPages("Refuse this."))).isInstanceOf(RuntimeException.class);

        assertThat(stored()).isEqualTo(before);
        assertThat(dao.catalogue().revision()).isEqualTo(1);
    }

    @Test
    void is_stored_though_the_connection_ends_in_the_middle() {
        // What a sequence has counted is not rolled back.
        database.background(handle -> handle.execute("""
                CREATE SEQUENCE attempt;
                CREATE FUNCTION suspend() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF nextval('attempt') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                    RETURN null;
                END $$;
                CREATE TRIGGER suspend AFTER INSERT ON book FOR EACH ROW EXECUTE FUNCTION suspend();
                """));

        Imported imported = load(twoPages("Short."));

        assertThat(imported.created()).isTrue();
        assertThat(imported.version()).isEqualTo(stored().version());
        assertThat(stored().chapters()).hasSize(2);
        assertThat(stored().passages()).hasSize(3);
        long attempts = database.background(handle -> handle.createQuery("SELECT last_value FROM attempt")
                .mapTo(Long.class)
                .one());
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void is_done_though_the_new_version_cannot_be_shown() {
        BookImporter importer = new BookImporter(dao, embedder, InstantSource.system(), () -> {
            throw new UnavailableException("database-down", "gone", Duration.ofSeconds(1), null);
        });
        Path zip = twoPages("Short.").zip(folder.resolve("book.zip"));

        Imported imported = importer.importBook(edition(), ManuscriptSource.at(zip), ImportProgress.NONE);

        assertThat(imported.version()).isEqualTo(stored().version());
    }

    @Test
    void reads_one_moment_without_touching_the_session() {
        List<String> statements = new CopyOnWriteArrayList<>();
        load(twoPages("Short."));
        try (NeonDatabase neon =
                new NeonDatabase(NeonSettings.of(TestPostgres.url(NAME)).withMaximumPoolSize(1))) {
            Jdbi jdbi = Jdbi.create(neon.dataSource()).installPlugin(new PostgresPlugin());
            jdbi.setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    statements.add(String.valueOf(context.getRenderedSql()));
                }
            });
            assertThat(new BookDao(new Database(neon, jdbi)).book("my-book")).isPresent();
        }

        assertThat(statements)
                .hasSize(4)
                .first(InstanceOfAssertFactories.STRING)
                .isEqualTo("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    @Test
    void leaves_everything_as_it_was_where_the_manuscript_has_a_flaw() {
        assertThatThrownBy(() -> load(new Draft().file("a.md", new byte[] {(byte) 0xFF})))
                .isInstanceOf(FlawException.class);

        assertThat(dao.catalogue().editions()).isEmpty();
        assertThat(embedder.asked()).isEmpty();
    }

    @Test
    void lets_imports_of_several_processes_follow_each_other() throws Exception {
        Path one = twoPages("One.").zip(folder.resolve("one.zip"));
        Path two = twoPages("Two.").zip(folder.resolve("two.zip"));
        CyclicBarrier bothEmbed = new CyclicBarrier(2);
        embedder.meanwhile(() -> {
            try {
                bothEmbed.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Imported> first = threads.submit(
                    () -> importer(embedder).importBook(edition(), ManuscriptSource.at(one), ImportProgress.NONE));
            Future<Imported> second = threads.submit(
                    () -> importer(embedder).importBook(edition(), ManuscriptSource.at(two), ImportProgress.NONE));

            assertThat(List.of(first.get().version(), second.get().version())).containsExactlyInAnyOrder(1L, 2L);
            String last = first.get().version() == 2 ? "One." : "Two.";
            assertThat(stored().version()).isEqualTo(2);
            assertThat(stored().passages()).hasSize(3);
            assertThat(stored().passages().getLast().text()).isEqualTo(last);
        }
    }

    @Test
    void tells_how_far_it_has_come() {
        List<String> told = new ArrayList<>();
        importer(embedder)
                .importBook(
                        edition(),
                        ManuscriptSource.at(twoPages("Short.").folder(folder)),
                        (stage, done, total) -> told.add(stage + " " + done + "/" + total));

        assertThat(told).containsExactly("READING 0/0", "EMBEDDING 0/3", "EMBEDDING 3/3", "STORING 3/3");
    }

    @Test
    void stores_a_large_book_in_several_batches() {
        Draft draft = new Draft();
        for (int i = 0; i < 600; i++) {
            draft.file("page-" + i + ".md", "# Page " + i + "\n" + LONG + i);
        }

        assertThat(load(draft))
                .extracting(Imported::chapters, Imported::passages)
                .containsExactly(600, 600);
        assertThat(stored().passages()).hasSize(600);
    }
}
