package dev.lectern.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The secret that readers' tokens are signed with, where the operator gives none: made once, kept in a
/// file of the home that only its owner can read. Those before it, whose tokens are still good, are lines
/// of a file beside it. Replicas do not share them.
///
/// @param file holds the bytes of the one that signs
/// @param previous holds those before it, the latest first
public record SigningSecret(Path file, Path previous) {

    private static final int BYTES = 32;

    /// Tokens of more secrets ago are good no longer.
    private static final int MOST_PREVIOUS = 4;

    /// Where it is kept in a home.
    public static SigningSecret in(Path home) {
        return new SigningSecret(home.resolve("token-secret"), home.resolve("token-secret-previous"));
    }

    /// Reads the files, or makes the first secret: the one that signs, and those before it.
    public List<byte[]> readOrMake() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length < BYTES) {
                throw new IllegalStateException(file + " is too short for a secret; delete it to have a new one made");
            }
            List<byte[]> all = new ArrayList<>(List.of(secret));
            all.addAll(readPrevious());
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a new secret, with which tokens are signed from now on.
    ///
    /// @param revoking whether tokens signed before are good no longer
    public void rotate(boolean revoking) {
        List<byte[]> before = readOrMake();
        try {
            if (!revoking) {
                List<String> lines = before.stream()
                        .limit(MOST_PREVIOUS)
                        .map(Base64.getEncoder()::encodeToString)
                        .toList();
                replace(previous, String.join("\n", lines).getBytes(StandardCharsets.US_ASCII));
            }
            replace(file, random());
            if (revoking) {
                Files.deleteIfExists(previous);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<byte[]> readPrevious() throws IOException {
        if (!Files.exists(previous)) {
            return List.of();
        }
        try {
            return Files.readAllLines(previous, StandardCharsets.US_ASCII).stream()
                    .limit(MOST_PREVIOUS)
                    .map(Base64.getDecoder()::decode)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(previous + " cannot be read; delete it to refuse the tokens before", e);
        }
    }

    private void make() throws IOException {
        Files.createDirectories(folder());
        try {
            write(file, random());
        } catch (FileAlreadyExistsException e) {
            // Another process was first; its secret is as good.
        }
    }

    /// Whoever reads meanwhile reads the old one or the new one, and nothing between.
    private void replace(Path target, byte[] bytes) throws IOException {
        Path fresh = folder().resolve(target.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        write(fresh, bytes);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(Path target, byte[] bytes) throws IOException {
        boolean posix = Files.getFileStore(folder()).supportsFileAttributeView("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(
                target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    private static byte[] random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
