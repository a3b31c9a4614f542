package dev.lectern.book;

import dev.lectern.persistence.Database;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Books: their library, their import and their routes.
public final class BookFeature {

    private final Library library;
    private final BookImporter importer;

    /// @param directory where the copy of this database's library is kept on disk
    public BookFeature(Database database, Embedder embedder, InstantSource clock, Path directory) {
        BookDao dao = new BookDao(database);
        this.library = new Library(
                dao,
                embedder,
                directory,
                clock,
                flight -> Thread.ofVirtual().name("library").start(flight));
        this.importer = new BookImporter(dao, embedder, clock, library::refresh);
    }

    public Library library() {
        return library;
    }

    public BookImporter importer() {
        return importer;
    }

    public void register(Environment environment) {
        environment.jersey().register(new BooksResource(library, importer));
        environment.admin().addTask(new RefreshBooks(library));
    }

    /// `POST /tasks/refresh-books` on the admin port: loads new versions now.
    private static final class RefreshBooks extends Task {

        private final Library library;

        RefreshBooks(Library library) {
            super("refresh-books");
            this.library = library;
        }

        @Override
        public void execute(Map<String, List<String>> parameters, PrintWriter output) {
            library.refresh();
            output.println(library.books().size() + " books of revision " + library.revision() + " are shown");
            output.flush();
        }
    }
}
