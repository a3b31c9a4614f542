package dev.lectern.book.manuscript;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a manuscript comes from.
public sealed interface ManuscriptSource permits FolderSource, ZipSource {

    /// What to call it in messages.
    String name();

    /// The files that matter, in no particular order.
    ///
    /// @throws FlawException where it cannot be read, is too large, or a path leads out of it
    List<SourceFile> read(Limits limits);

    /// A folder, or a zip archive.
    static ManuscriptSource at(Path path) {
        return Files.isDirectory(path) ? new FolderSource(path) : new ZipSource(path);
    }
}
