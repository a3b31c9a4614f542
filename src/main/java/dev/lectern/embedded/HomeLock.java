package dev.lectern.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The right to run the embedded database of a folder: the operating system's lock on `owner.lock`, which ends with
/// the process however it ends, and `owner.json` beside it, which tells who has it.
///
/// POSIX gives up a process's locks on a file as soon as it closes *any* channel to that file. So a process that
/// already has the lock, which it knows from `owner.json`, must not open the file again.
final class HomeLock implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int ATTEMPTS = 20;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(25);

    private final Path folder;
    private final FileChannel channel;
    private Owner owner = Owner.thisProcess();

    private HomeLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// @throws HomeInUseException where another has it
    static synchronized HomeLock acquire(Path folder) {
        Optional<Owner> current = read(folder);
        if (current.filter(Owner::isThisProcess).isPresent()) {
            throw new HomeInUseException(folder, current);
        }
        try {
            FileChannel channel =
                    FileChannel.open(lockFile(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel, folder)) {
                channel.close();
                throw new HomeInUseException(folder, read(folder));
            }
            HomeLock lock = new HomeLock(folder, channel);
            lock.announce(lock.owner);
            return lock;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded database cannot lock %s: %s".formatted(folder, e), e);
        }
    }

    /// The process that has the lock now and whose server is up.
    static synchronized Optional<Owner> holder(Path folder) {
        return read(folder)
                .filter(owner -> owner.jdbcUrl() != null)
                .filter(owner -> owner.isThisProcess() || isLocked(folder));
    }

    Owner owner() {
        return owner;
    }

    void announce(Owner changed) {
        try {
            PrivateFile.write(
                    ownerFile(folder), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(changed) + "\n");
            owner = changed;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database cannot write %s: %s".formatted(ownerFile(folder), e), e);
        }
    }

    @Override
    public void close() {
        synchronized (HomeLock.class) {
            try {
                if (channel.isOpen()) {
                    Files.deleteIfExists(ownerFile(folder));
                    channel.close();
                }
            } catch (IOException e) {
                throw new EmbeddedDatabaseException(
                        "The embedded database cannot unlock %s: %s".formatted(folder, e), e);
            }
        }
    }

    /// Whoever asks for the holder has the lock for an instant; a live owner is believed at once.
    private static boolean lock(FileChannel channel, Path folder) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return true;
            }
            if (read(folder).flatMap(owner -> ProcessHandle.of(owner.pid())).isPresent()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
        return false;
    }

    private static boolean isLocked(Path folder) {
        try (FileChannel channel = FileChannel.open(lockFile(folder), StandardOpenOption.READ)) {
            // Shared, so that two who ask do not see each other.
            @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot see who runs the embedded database in %s: %s".formatted(folder, e), e);
        }
    }

    private static Optional<Owner> read(Path folder) {
        try {
            return Optional.of(JSON.readValue(Files.readString(ownerFile(folder)), Owner.class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot read %s: %s".formatted(ownerFile(folder), e), e);
        }
    }

    private static Path lockFile(Path folder) {
        return folder.resolve("owner.lock");
    }

    private static Path ownerFile(Path folder) {
        return folder.resolve("owner.json");
    }
}
