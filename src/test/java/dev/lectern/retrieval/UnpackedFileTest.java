package dev.lectern.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedFileTest {

    @TempDir
    Path folder;

    @Test
    void it_is_unpacked_once() throws IOException {
        URL packed = packed("a.jar", "weights");
        Path first = UnpackedFile.of(packed, folder.resolve("cache")).orElseThrow();
        FileTime written = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(first, written);

        assertThat(UnpackedFile.of(packed, folder.resolve("cache"))).contains(first);
        assertThat(first).hasContent("weights").hasParent(folder.resolve("cache"));
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    }

    @Test
    void another_one_of_the_same_name_is_another_file() throws IOException {
        Path first = UnpackedFile.of(packed("a.jar", "weights"), folder).orElseThrow();
        Path second = UnpackedFile.of(packed("b.jar", "heavier"), folder).orElseThrow();

        assertThat(first).hasContent("weights");
        assertThat(second).hasContent("heavier");
    }

    @Test
    void what_is_in_no_jar_is_left_where_it_is() throws IOException {
        Path plain = Files.writeString(folder.resolve("model.onnx"), "weights");

        assertThat(UnpackedFile.of(plain.toUri().toURL(), folder)).isEqualTo(Optional.empty());
    }

    private URL packed(String jar, String content) throws IOException {
        Path file = folder.resolve(jar);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("model.onnx"));
            entries.write(content.getBytes(UTF_8));
            entries.closeEntry();
        }
        return URI.create("jar:" + file.toUri() + "!/model.onnx").toURL();
    }
}
