package dev.lectern;

import dev.lectern.book.BookImporter;
import dev.lectern.book.Edition;
import dev.lectern.book.ImportProgress;
import dev.lectern.book.manuscript.FolderSource;
import dev.lectern.book.manuscript.ManuscriptSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/// The handbook, which an empty embedded library is given, so that a newcomer has something to ask.
record DemoBook(BookImporter importer) {

    private static final String FOLDER = "/handbook";
    private static final Edition EDITION = Edition.of("handbook", "Running a chatbot on serverless Postgres", null);

    void importIt() {
        URL folder = DemoBook.class.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("The handbook is missing from the class path");
        }
        try {
            URI uri = folder.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    importFrom(jar.getPath(FOLDER));
                }
            } else {
                importFrom(Path.of(uri));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void importFrom(Path folder) {
        ManuscriptSource source = new FolderSource(folder);
        importer.importBook(EDITION, source, ImportProgress.NONE);
    }
}
