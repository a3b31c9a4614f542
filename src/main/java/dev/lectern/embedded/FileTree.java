package dev.lectern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder with all that is in it.
final class FileTree {

    private static final Logger LOG = LoggerFactory.getLogger(FileTree.class);

    private FileTree() {}

    /// Deletes the folders that a start which was cut off has left. What cannot be deleted, since a tool of that start
    /// still writes to it, stays for the next time.
    static void sweep(Path parent, String drafts) {
        if (!Files.exists(parent)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, drafts)) {
            for (Path draft : left) {
                LOG.info("Removing {}, left by a start that did not end", draft);
                delete(draft);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Not everything that a start has left in {} could be removed: {}", parent, e.toString());
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
