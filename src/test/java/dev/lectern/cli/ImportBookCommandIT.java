package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.book.BookImporter;
import dev.lectern.book.CountingEmbedder;
import dev.lectern.book.Shelves;
import dev.lectern.book.manuscript.Draft;
import dev.lectern.persistence.Database;
import dev.lectern.problem.UnavailableException;
import dev.lectern.testing.TestPostgres;
import io.dropwizard.core.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportBookCommandIT {

    @TempDir
    Path folder;

    private static final Database DATABASE = TestPostgres.open(TestPostgres.freshDatabase());

    private final AtomicInteger closed = new AtomicInteger();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final class Session implements ImportBookCommand.Session {

        @Override
        public BookImporter importer() {
            return new BookImporter(DATABASE, new CountingEmbedder(), Clock.systemUTC(), () -> {});
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @AfterEach
    void empty() {
        Shelves.empty(DATABASE);
    }

    private int run(boolean terminal, Supplier<ImportBookCommand.Session> sessions, String... arguments)
            throws Exception {
        ArgumentParser parser = ArgumentParsers.newFor("lectern").build();
        new ImportBookCommand<>(Configuration.class, (bootstrap, settings) -> new Session())
                .configure(parser.addSubparsers().addParser("import-book"));
        String[] line = new String[arguments.length + 1];
        line[0] = "import-book";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        try {
            ImportBookCommand.run(
                    parser.parseArgs(line),
                    sessions,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    terminal);
            return 0;
        } catch (CommandFailedException e) {
            err.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            return e.exitCode();
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String book() {
        return new Draft()
                .file("index.md", "# Home\nText.")
                .file("README.md", "Not this.")
                .folder(folder)
                .toString();
    }

    @Test
    void says_what_it_does_in_lines() throws Exception {
        assertThat(run(false, Session::new, book(), "--slug", "a", "--title", "The Book"))
                .isZero();

        assertThat(out())
                .startsWith("Imported a (The Book) as version 1 of the library: 1 chapters, 1 passages, 1 embedded");
        assertThat(err())
                .containsSubsequence("reading", "embedding 1 passages", "storing", "warning: README.md was left out");
        assertThat(closed).hasValue(1);
    }

    @Test
    void takes_title_and_address_from_the_settings_of_MkDocs_unless_told_otherwise() throws Exception {
        String site = new Draft()
                .file("mkdocs.yaml", "site_name: Weaving\nsite_url: https://loom.example/w/\nnav: [a.md, gone.md]\n")
                .file("docs/a.md", "Text.")
                .folder(folder)
                .toString();

        assertThat(run(false, Session::new, site, "--slug", "a")).isZero();
        assertThat(out()).startsWith("Imported a (Weaving) as version 1 of the library: 1 chapters");
        assertThat(err()).contains("warning: the nav of mkdocs.yaml names what is no Markdown page here: gone.md\n");
        assertThat(addressOfTheBook()).isEqualTo("https://loom.example/w/");

        assertThat(run(false, Session::new, site, "--slug", "a", "--title", "Mine", "--base-url", "https://b.example"))
                .isZero();
        assertThat(out()).contains("Replaced a (Mine) as version 2 of the library: 1 chapters");
        assertThat(addressOfTheBook()).isEqualTo("https://b.example");
    }

    private static String addressOfTheBook() {
        return DATABASE.background(handle -> handle.createQuery("SELECT base_url FROM book WHERE slug = 'a'")
                .mapTo(String.class)
                .one());
    }

    @Test
    void shows_a_bar_on_a_terminal() throws Exception {
        assertThat(run(true, Session::new, book(), "--slug", "a")).isZero();

        assertThat(err()).contains("\rembedding ", "█", "1/1 passages");
    }

    @Test
    void prints_one_json_document() throws Exception {
        assertThat(run(false, Session::new, book(), "--slug", "a", "--json")).isZero();

        JsonNode summary = new ObjectMapper().readTree(out());
        assertThat(summary.path("passages").asInt()).isEqualTo(1);
        assertThat(summary.path("warnings")).hasSize(1);
        assertThat(err()).isEmpty();
    }

    @Test
    void ends_with_64_where_the_command_line_is_wrong() throws Exception {
        assertThat(run(false, Session::new, book(), "--slug", "Not A Slug")).isEqualTo(64);
        assertThat(run(false, Session::new, folder + "/none", "--slug", "a")).isEqualTo(64);
        assertThat(run(false, Session::new, book(), "--slug", "a", "--base-url", "nowhere"))
                .isEqualTo(64);

        assertThat(err().lines()).hasSize(3).allMatch(line -> line.startsWith("import-book: "));
        assertThat(closed).hasValue(0);
    }

    @Test
    void ends_with_1_and_one_line_where_the_book_has_a_flaw() throws Exception {
        String empty =
                new Draft().file("a.txt", "x").folder(folder.resolve("none")).toString();

        assertThat(run(false, Session::new, empty, "--slug", "a")).isEqualTo(1);

        assertThat(err()).endsWith("has no Markdown page (.md or .mdx) with text in it\n");
        assertThat(out()).isEmpty();
        assertThat(closed).hasValue(1);
    }

    @Test
    void ends_with_1_and_one_line_where_the_database_cannot_serve() throws Exception {
        int exitCode = run(
                false,
                () -> {
                    throw new UnavailableException(
                            "database-down", "The database is down.", Duration.ofSeconds(1), null);
                },
                book(),
                "--slug",
                "a");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err()).endsWith("import-book: The database is down.\n");
    }
}
