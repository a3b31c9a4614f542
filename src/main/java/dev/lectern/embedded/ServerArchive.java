package dev.lectern.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's program as zonky packs it: an archive on the class path, one for each system.
///
/// zonky's own starter reads and digests all 15 MB of it at every start; here the checksum of the jar's directory
/// names the unpacked copy.
final class ServerArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ServerArchive.class);

    private static final String DRAFT = "unpacking-";

    private ServerArchive() {}

    /// Removes what was only half unpacked; not where others may be unpacking now.
    static void sweep(Path binaries) {
        FileTree.sweep(binaries, DRAFT + "*");
    }

    /// Unpacks the program unless it is there already. Two processes may do so at once: one copy wins.
    static ServerProgram unpackInto(Path binaries) {
        try {
            URLConnection archive = find().openConnection();
            Path unpacked = binaries.resolve("postgresql-" + version(archive));
            if (!Files.exists(unpacked)) {
                Files.createDirectories(binaries);
                Path draft = Files.createTempDirectory(binaries, DRAFT);
                unpack(archive, draft);
                try {
                    Files.move(draft, unpacked, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    FileTree.delete(draft);
                    if (!Files.exists(unpacked)) {
                        throw e;
                    }
                }
                LOG.info("Unpacked PostgreSQL into {}", unpacked);
            }
            return new ServerProgram(unpacked);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("PostgreSQL cannot be unpacked into %s: %s".formatted(binaries, e), e);
        }
    }

    private static String version(URLConnection archive) throws IOException {
        return Long.toHexString(
                archive instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : archive.getContentLengthLong());
    }

    private static URL find() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        String machine = arm ? "arm_64" : "x86_64";
        URL found = ServerArchive.class.getResource("/postgres-%s-%s.txz".formatted(system, machine));
        if (found == null) {
            throw new EmbeddedDatabaseException(
                    "There is no embedded PostgreSQL for %s on %s in this build: set DATABASE_URL instead."
                            .formatted(os, arch));
        }
        return found;
    }

    private static void unpack(URLConnection archive, Path target) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.getInputStream(), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("An entry leaves the folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(tar, file);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    if (executable && !file.toFile().setExecutable(true, false)) {
                        throw new IOException("Cannot be made executable: " + file);
                    }
                }
            }
        }
    }
}
