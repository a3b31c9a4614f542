package dev.lectern.retrieval;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A file out of a jar that is kept unpacked in a folder of ours, since it is wanted at each start.
final class UnpackedFile {

    private UnpackedFile() {}

    /// A resource below a folder, unpacked if it is not there yet: under a name with its checksum, so that another
    /// one of the same name is another file. Empty where it is in no jar, and so unpacked already.
    static Optional<Path> of(URL resource, Path folder) throws IOException {
        URLConnection connection = resource.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            return Optional.empty();
        }
        jar.setUseCaches(false); // closed with its stream
        String name = resource.getPath().substring(resource.getPath().lastIndexOf('/') + 1);
        Path target = folder.resolve(Long.toHexString(jar.getJarEntry().getCrc()) + "-" + name);
        try (InputStream packed = jar.getInputStream()) {
            place(packed, target);
        }
        return Optional.of(target);
    }

    /// A process that is killed, or another that does the same, never leaves half a file under the name.
    static void place(InputStream packed, Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Path folder = Files.createDirectories(target.toAbsolutePath().getParent());
        Path part = Files.createTempFile(folder, "unpacking", ".part");
        try {
            Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(part);
        }
    }
}
