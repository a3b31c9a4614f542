package dev.lectern.embedded;

import dev.lectern.testing.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Homes of embedded databases: all share one unpacked program, below the build's own folder.
public final class Homes {

    public static final Path BINARIES = Path.of("target", "postgresql").toAbsolutePath();

    private Homes() {}

    public static EmbeddedDatabaseSettings settings(Path home) {
        return new EmbeddedDatabaseSettings(home, OptionalInt.empty(), BINARIES);
    }

    /// The same where the first start is not what is tested: with a copy of a database that was made once, since making
    /// one takes more than a second.
    public static EmbeddedDatabaseSettings filled(Path home) {
        EmbeddedDatabaseSettings settings = settings(home);
        copy(Made.DATA, settings.folder().resolve("data"));
        return settings;
    }

    public static String query(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    public static void execute(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> parentsFirst = Files.walk(from)) {
            Files.createDirectories(Objects.requireNonNull(to.getParent()));
            for (Path path : parentsFirst.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Made when it is asked for first, and gone with the JVM.
    private static final class Made {

        static final Path DATA = make();

        private static Path make() {
            TemporaryFolder home = TemporaryFolder.create("made");
            Runtime.getRuntime().addShutdownHook(new Thread(home::close));
            EmbeddedDatabaseSettings settings = settings(home.path());
            EmbeddedDatabase.start(settings).close();
            return settings.folder().resolve("data");
        }
    }
}
