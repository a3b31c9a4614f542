package dev.lectern.fastpath;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Does the statements of Lectern's reads by pgjdbc on a plain HikariCP pool: no permit, no deadline, no mapping.
final class PlainPool {

    private record Prepared(String sql, List<String> parameters) {}

    private final HikariDataSource pool;
    private final Map<Read, Prepared> statements = new EnumMap<>(Read.class);

    /// @param statements the folder that [#write] has filled
    PlainPool(String jdbcUrl, Path statements) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(Load.CLIENTS);
        this.pool = new HikariDataSource(config);
        for (Read read : Read.values()) {
            List<String> lines = Files.readAllLines(file(statements, read));
            this.statements.put(read, new Prepared(lines.getFirst(), lines.subList(1, lines.size())));
        }
    }

    /// Keeps the statements of a seed in a folder: a line with the statement, and one for each parameter.
    static void write(Seed seed, Path folder) {
        try {
            for (Read read : Read.values()) {
                Files.writeString(
                        file(folder, read), seed.jdbc(read) + "\n" + String.join("\n", read.parameters(seed)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does a read's statement, and looks at all that it gives.
    void read(Read read) {
        Prepared prepared = Objects.requireNonNull(statements.get(read));
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(prepared.sql())) {
            for (int i = 0; i < prepared.parameters().size(); i++) {
                statement.setObject(i + 1, prepared.parameters().get(i), Types.OTHER);
            }
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                int count = 0;
                for (; rows.next(); count++) {
                    for (int column = 1; column <= columns; column++) {
                        rows.getString(column);
                    }
                }
                if (count != read.rows()) {
                    throw new IllegalStateException(count + " rows");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path file(Path folder, Read read) {
        return folder.resolve(read.name() + ".statement");
    }
}
