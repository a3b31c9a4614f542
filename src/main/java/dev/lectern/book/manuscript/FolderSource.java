package dev.lectern.book.manuscript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// A manuscript in a folder, of any file system.
public record FolderSource(Path folder) implements ManuscriptSource {

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public List<SourceFile> read(Limits limits) {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new Reader(limits.budget(), folder.toRealPath(), files));
        } catch (IOException e) {
            throw new FlawException(new Flaw.Unreadable(name(), "the folder or a file in it cannot be opened"));
        }
        return files;
    }

    private final class Reader extends SimpleFileVisitor<Path> {

        private final Limits.Budget budget;
        private final Path root;
        private final List<SourceFile> files;

        Reader(Limits.Budget budget, Path root, List<SourceFile> files) {
            this.budget = budget;
            this.root = root;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String path = pathOf(directory);
            if (directory.equals(folder) || SourceFile.counts(path + "/page.md")) {
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String path = pathOf(file);
            budget.entry(path);
            if (!SourceFile.counts(path)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink() && !staysInside(file)) {
                throw new FlawException(new Flaw.Escape(path, "is a link to a place outside of the manuscript"));
            }
            if (Files.isRegularFile(file)) {
                budget.text(path, Files.size(file));
                try (InputStream in = Files.newInputStream(file)) {
                    files.add(new SourceFile(path, in.readAllBytes()));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean staysInside(Path link) throws IOException {
            return Files.exists(link) && link.toRealPath().startsWith(root);
        }

        private String pathOf(Path file) {
            return folder.relativize(file).toString().replace('\\', '/');
        }
    }
}
