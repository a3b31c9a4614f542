package dev.lectern.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lectern.book.BookImporter;
import dev.lectern.book.Edition;
import dev.lectern.book.ImportProgress;
import dev.lectern.book.Imported;
import dev.lectern.book.manuscript.FlawException;
import dev.lectern.book.manuscript.ManuscriptSource;
import dev.lectern.problem.ProblemException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Imports a book from a folder or an archive, and says how it went.
final class ImportBook {

    /// What the command line says.
    ///
    /// @param json whether the summary is JSON
    record Arguments(
            Path source,
            String slug,
            @Nullable String title,
            @Nullable String baseUrl,
            boolean json) {}

    /// `EX_USAGE` of sysexits.h.
    private static final int USAGE = 64;

    private static final int FAILED = 1;

    private static final JsonMapper JSON = new JsonMapper();

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /// @param err gets the progress and the errors, so that `out` is the summary alone
    /// @param terminal whether somebody watches `err`
    ImportBook(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /// Runs the import.
    ///
    /// @param importer is asked for only where the arguments make sense
    /// @throws CommandFailedException where the arguments make no sense, or the book cannot be imported
    void run(Arguments arguments, Supplier<BookImporter> importer) {
        Edition edition = edition(arguments);
        ProgressBar bar = new ProgressBar(err, terminal);
        try {
            ImportProgress progress = arguments.json() && !terminal ? ImportProgress.NONE : bar;
            Imported imported = importer.get().importBook(edition, ManuscriptSource.at(arguments.source()), progress);
            bar.close();
            summarise(imported, arguments.json());
        } catch (FlawException e) {
            bar.close();
            throw new CommandFailedException(FAILED, said(e.flaw().detail()), e);
        } catch (ProblemException e) {
            bar.close();
            throw new CommandFailedException(FAILED, said(e.problem().detail()), e);
        }
    }

    private static Edition edition(Arguments arguments) {
        if (!Files.exists(arguments.source())) {
            throw new CommandFailedException(USAGE, said(arguments.source() + " does not exist"));
        }
        try {
            return Edition.of(arguments.slug(), arguments.title(), arguments.baseUrl());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(USAGE, said(e.getMessage()), e);
        }
    }

    private static String said(@Nullable String message) {
        return "import-book: " + message;
    }

    private void summarise(Imported imported, boolean json) {
        if (json) {
            out.println(json(imported));
            return;
        }
        imported.warnings().forEach(warning -> err.println("warning: " + warning));
        out.println((imported.created() ? "Imported " : "Replaced ") + imported.book() + " (" + imported.title()
                + ") as version " + imported.version() + " of the library: " + imported.chapters() + " chapters, "
                + imported.passages() + " passages, " + imported.embedded() + " embedded and " + imported.reused()
                + " as they were, in " + String.format(Locale.ROOT, "%.1f", imported.seconds()) + " s ("
                + Math.round(imported.passagesPerSecond()) + " passages/s)");
    }

    private static String json(Imported imported) {
        try {
            return JSON.writeValueAsString(imported);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a record of numbers and texts
        }
    }
}
