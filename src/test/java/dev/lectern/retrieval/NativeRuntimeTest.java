package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeRuntimeTest {

    private static final String PROPERTY = "onnxruntime.native.path";

    @TempDir
    Path cache;

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void libraries_are_unpacked_once_and_the_runtime_is_pointed_to_them() throws IOException {
        NativeRuntime.unpack(cache);
        List<Path> first = files();
        FileTime written = Files.getLastModifiedTime(first.getFirst());
        NativeRuntime.unpack(cache);

        assertThat(first).hasSize(2).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(files()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.getFirst())).isEqualTo(written);
        assertThat(System.getProperty(PROPERTY)).startsWith(cache.toString()).contains("onnxruntime-");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(cache)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
