package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// A manuscript for a test, in the making.
public final class Draft {

    private final Map<String, byte[]> files = new TreeMap<>();

    public Draft file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public Draft file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public Path folder(Path folder) {
        files.forEach((path, content) -> {
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return folder;
    }

    public Path zip(Path archive) {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manuscript read(Path path) {
        return read(path, "https://book.example/docs");
    }

    /// @param baseUrl null where it is for the site to say
    static Manuscript read(Path path, @Nullable String baseUrl) {
        return Manuscript.read(
                ManuscriptSource.at(path), Optional.ofNullable(baseUrl).map(URI::create), Limits.DEFAULT);
    }

    /// The flaw for which a manuscript is refused.
    static <F extends Flaw> F flaw(Class<F> type, ThrowingCallable reading) {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(reading).isInstanceOf(FlawException.class).satisfies(e -> thrown[0] = e);
        Flaw flaw = ((FlawException) thrown[0]).flaw();
        assertThat(flaw).isInstanceOf(type);
        assertThat(flaw.slug()).startsWith("book-");
        assertThat(flaw.detail()).doesNotContain("\n").isEqualTo(thrown[0].getMessage());
        return type.cast(flaw);
    }
}
