package dev.lectern.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that a page of the documentation shows: the block of Java whose first line is `// <name>.java`.
///
/// @param name of its class
/// @param source the block as it stands there
public record DocumentedExample(String name, String source) {

    /// Reads it from a page.
    public static DocumentedExample in(Path page, String name) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```java\n(// " + Pattern.quote(name) + "\\.java\n.*?)^```$")
                .matcher(Files.readString(page));
        if (!block.find()) {
            throw new IllegalArgumentException(page + " shows no " + name + ".java");
        }
        return new DocumentedExample(name, block.group(1));
    }

    /// How many of its lines are neither blank nor an import.
    public long linesOfCode() {
        return source.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import "))
                .count();
    }

    /// Writes it into a folder.
    public Path writeTo(Path folder) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), source);
    }
}
