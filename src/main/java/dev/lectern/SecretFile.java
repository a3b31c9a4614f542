package dev.lectern;

import dev.lectern.cli.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The file that holds a secret in place of its variable, as secret stores mount it.
///
/// @param variable the name that ends in `_FILE`
/// @param path what it says
record SecretFile(String variable, String path) {

    private static final int USAGE = 64;
    private static final int LARGEST = 1 << 16;
    private static final Pattern SECRET =
            Pattern.compile("DATABASE_URL(_DIRECT)?|\\w+_(KEY|SECRET|TOKEN|PASSWORD)S?(_PREVIOUS)?");

    /// Whether what a variable holds may come from a file.
    static boolean mayHold(String variable) {
        return SECRET.matcher(variable).matches();
    }

    /// What it holds, without the end of its one line.
    ///
    /// @throws CommandFailedException where it is no file with one line in it
    String read() {
        String text = text().replaceFirst("\\R\\z", "");
        if (text.isBlank()) {
            throw flaw("has nothing in it");
        }
        if (text.lines().count() > 1) {
            throw flaw("has more than one line");
        }
        return text;
    }

    private String text() {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] bytes = file.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw flaw("is larger than a secret");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw flaw("is not UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw flaw("cannot be read");
        }
    }

    private CommandFailedException flaw(String flaw) {
        return new CommandFailedException(USAGE, variable + ": the file " + path + " " + flaw);
    }
}
