package dev.lectern.book;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The copy of the library on disk, which lets a process start and serve while the database is down.
///
/// It is written beside the old one and renamed, so that a crash leaves one of the two; a checksum at its end tells a
/// whole copy from a damaged one. A copy that cannot be used is left aside with a warning: the database has it all.
final class ShelfFile {

    private static final Logger LOG = LoggerFactory.getLogger(ShelfFile.class);

    private static final int MAGIC = 0x4C42_4B53; // LBKS
    private static final int FORMAT = 1;
    private static final String NAME = "books.shelf";

    private final Path directory;
    private final String model;

    /// @param model whose embeddings the books have; a copy with those of another is not used
    ShelfFile(Path directory, String model) {
        this.directory = directory;
        this.model = model;
    }

    /// The copy, if there is a whole one of this format and model.
    Optional<Shelf> read() {
        Path file = directory.resolve(NAME);
        try {
            return Optional.of(read(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The copy of the books at {} is not used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /// Writes the copy. That it cannot be written is worth a warning, not a failure.
    void write(Shelf shelf) {
        Path fresh = directory.resolve(NAME + ".new");
        try {
            Files.createDirectories(directory);
            write(fresh, shelf);
            Files.move(
                    fresh,
                    directory.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The copy of the books could not be written to {}: {}", directory, e.toString());
        }
    }

    private void write(Path fresh, Shelf shelf) throws IOException {
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            CheckedOutputStream checked =
                    new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)), new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeInt(MAGIC);
            out.writeInt(FORMAT);
            ShelfFormat.write(out, model);
            ShelfFormat.write(out, shelf);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
    }

    private Shelf read(byte[] bytes) throws IOException {
        int length = bytes.length - Long.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, Math.max(0, length));
        if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum.getValue()) {
            throw new IOException("its checksum is wrong");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
            throw new IOException("it is of another format");
        }
        if (!ShelfFormat.readText(in).equals(model)) {
            throw new IOException("its embeddings are of another model");
        }
        return ShelfFormat.readShelf(in);
    }
}
