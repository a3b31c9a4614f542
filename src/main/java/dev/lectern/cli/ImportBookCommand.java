package dev.lectern.cli;

import dev.lectern.book.BookImporter;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `import-book DIR|ZIP --slug S [--title T] [--base-url U] [--json] [--config FILE]`.
///
/// @param <C> the application's configuration, which this package does not know
public final class ImportBookCommand<C extends Configuration> extends CommandWithConfiguration<C> {

    /// What an import needs, and what is to be closed after it.
    public interface Session extends AutoCloseable {

        BookImporter importer();

        @Override
        void close();
    }

    private final BiFunction<Bootstrap<C>, C, Session> sessions;

    /// @param sessions opens the database and the embedder
    public ImportBookCommand(Class<C> configuration, BiFunction<Bootstrap<C>, C, Session> sessions) {
        super(configuration, "import-book", "imports a book from a folder or a zip archive of Markdown");
        this.sessions = sessions;
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("source").metavar("DIR|ZIP").help("the folder or the archive");
        parser.addArgument("--slug").required(true).help("the book's name in URLs");
        parser.addArgument("--title")
                .help("the title that readers see; else that of the site or its index page, else the slug in words");
        parser.addArgument("--base-url")
                .dest("base_url")
                .help("where the site shows the book; else what its mkdocs.yml says");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print the summary as JSON");
        addFileArgument(parser);
    }

    @Override
    protected void run(Bootstrap<C> bootstrap, Namespace namespace, C settings) {
        run(namespace, () -> sessions.apply(bootstrap, settings), System.out, System.err, isWatched());
    }

    static void run(
            Namespace namespace, Supplier<Session> sessions, PrintStream out, PrintStream err, boolean terminal) {
        ImportBook.Arguments arguments = new ImportBook.Arguments(
                Path.of(namespace.getString("source")),
                namespace.getString("slug"),
                namespace.getString("title"),
                namespace.getString("base_url"),
                namespace.getBoolean("json"));
        try (OpenedOnce session = new OpenedOnce(sessions)) {
            new ImportBook(out, err, terminal).run(arguments, session::importer);
        }
    }

    private static boolean isWatched() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// Opens a session when it is first needed, and closes it if it was.
    private static final class OpenedOnce implements AutoCloseable {

        private final Supplier<Session> sessions;
        private @Nullable Session session;

        OpenedOnce(Supplier<Session> sessions) {
            this.sessions = sessions;
        }

        BookImporter importer() {
            Session opened = sessions.get();
            session = opened;
            return opened.importer();
        }

        @Override
        public void close() {
            if (session != null) {
                session.close();
            }
        }
    }
}
