package dev.lectern.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A small file that appears whole or not at all, and that only its owner may read.
final class PrivateFile {

    private PrivateFile() {}

    static void write(Path file, String text) throws IOException {
        // Created with the permissions 0600 where the file system knows them.
        Path draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
        try {
            Files.writeString(draft, text);
            sync(draft, StandardOpenOption.WRITE);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Puts the entries of a folder on the disk, where the system can.
    static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            sync(folder, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
