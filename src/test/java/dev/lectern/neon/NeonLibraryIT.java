package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.testing.DocumentedExample;
import dev.lectern.testing.TestPostgres;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import org.slf4j.Logger;

/// The connection layer as a library of its own: its jar, and what its documentation shows.
class NeonLibraryIT {

    private static final Path PAGE = Path.of("docs/neon-library.md");
    private static final Path JAR =
            Path.of(Objects.requireNonNull(System.getProperty("neon.library"), "neon.library names the jar"));

    @TempDir
    private Path folder;

    @Test
    void the_jar_holds_the_connection_layer_and_nothing_else() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !name.endsWith("/") && !name.startsWith("META-INF/"))
                    .toList();

            assertThat(classes)
                    .contains("dev/lectern/neon/NeonDatabase.class", "dev/lectern/neon/internal/Execution.class")
                    .allMatch(name -> name.startsWith("dev/lectern/neon/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.lectern.neon");
            assertThat(jar.getManifest().getMainAttributes()).doesNotContainKeys(Name.MAIN_CLASS, Name.CLASS_PATH);
        }
    }

    @Test
    void the_documented_program_runs_with_the_jar_HikariCP_the_driver_and_SLF4J_alone() throws Exception {
        DocumentedExample example = DocumentedExample.in(PAGE, "Notes");
        String classPath = Stream.of(
                        JAR.toAbsolutePath(), of(HikariDataSource.class), of(Driver.class), of(Logger.class))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        classPath,
                        example.writeTo(folder).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .put(
                        "DATABASE_URL",
                        "postgresql://postgres:postgres@localhost:" + TestPostgres.port() + "/"
                                + TestPostgres.freshDatabase());
        Process program = builder.start();
        boolean ended = program.waitFor(60, TimeUnit.SECONDS);
        program.destroyForcibly();

        String output = Files.readString(folder.resolve("output"));
        assertThat(ended).as(output).isTrue();
        assertThat(program.exitValue()).as(output).isZero();
        assertThat(output).contains("1 note, database READY");
        assertThat(example.source().lines().count()).isLessThanOrEqualTo(30);
    }

    private static Path of(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
