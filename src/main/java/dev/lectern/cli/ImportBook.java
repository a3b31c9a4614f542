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
    /// @return the exit code: 0, or what [CommandFailure] names
    int run(Arguments arguments, Supplier<BookImporter> importer) {
        Edition edition;
        try {
            edition = Edition.of(arguments.slug(), arguments.title(), arguments.baseUrl());
        } catch (IllegalArgumentException e) {
            return failed(CommandFailure.USAGE, e.getMessage());
        }
        if (!Files.exists(arguments.source())) {
            return failed(CommandFailure.USAGE, arguments.source() + " does not exist");
        }
        ProgressBar bar = new ProgressBar(err, terminal);
        try {
            ImportProgress progress = arguments.json() && !terminal ? ImportProgress.NONE : bar;
            Imported imported = importer.get().importBook(edition, ManuscriptSource.at(arguments.source()), progress);
            bar.close();
            summarise(imported, arguments.json());
            return 0;
        } catch (FlawException e) {
            bar.close();
            return failed(CommandFailure.FAILED, e.flaw().detail());
        } catch (ProblemException e) {
            bar.close();
            return failed(CommandFailure.FAILED, e.problem().detail());
        }
    }

    private int failed(int exitCode, @Nullable String message) {
        err.println("import-book: " + message);
        return exitCode;
    }

    private void summarise(Imported imported, boolean json) {
        if (json) {
            out.println(json(imported));
            return;
        }
        imported.warnings().forEach(warning -> err.println("warning: " + warning));
        out.println((imported.created() ? "Imported " : "Replaced ") + imported.book() + " (" + imported.title()
                + "), version " + imported.version() + ": " + imported.chapters() + " chapters, "
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
