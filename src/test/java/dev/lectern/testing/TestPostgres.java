package dev.lectern.testing;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// One PostgreSQL server for all tests of the JVM, and a fresh, migrated database for whoever asks.
public final class TestPostgres {

    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /// The port of the server on the loopback address.
    public static int port() {
        return SERVER.getPort();
    }

    /// The name of a new database with the schema in it.
    public static String freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE migrated");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    /// The JDBC URL of a database of the server.
    public static String jdbcUrl(String database) {
        return SERVER.getJdbcUrl("postgres", database);
    }

    /// Where a database of the server is.
    public static NeonUrl url(String database) {
        return url(database, port());
    }

    /// The same by way of another port, as a tap on the wire has one.
    public static NeonUrl url(String database, int port) {
        return NeonUrl.parse("postgresql://postgres:postgres@localhost:" + port + "/" + database);
    }

    /// A connection of the administrator's, outside of any pool.
    public static Connection administrator() throws SQLException {
        return SERVER.getPostgresDatabase().getConnection();
    }

    /// The same in a database of the tests.
    public static Connection administrator(String database) throws SQLException {
        return SERVER.getDatabase("postgres", database).getConnection();
    }

    /// JDBI over a small pool on a database of the server.
    public static Database open(String database) {
        return open(url(database));
    }

    /// JDBI over a small pool on the database at this URL.
    public static Database open(NeonUrl url) {
        NeonDatabase neon = new NeonDatabase(NeonSettings.of(url).withMaximumPoolSize(4));
        return new Database(neon, Jdbi.create(neon.dataSource()).installPlugin(new PostgresPlugin()));
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "104")
                    .start();
            DataSource postgres = server.getPostgresDatabase();
            try (Connection connection = postgres.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE migrated");
            }
            new Migrations(server.getDatabase("postgres", "migrated")).migrate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
