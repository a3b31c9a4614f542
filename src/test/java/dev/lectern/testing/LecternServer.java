package dev.lectern.testing;

import com.codahale.metrics.MetricRegistry;
import dev.lectern.LecternApplication;
import dev.lectern.LecternConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jetty.server.Server;

/// The whole application on free ports, with a home of its own.
public final class LecternServer implements AutoCloseable {

    /// What lets books be imported.
    public static final String API_KEY = "the key of the tests";

    private final TemporaryFolder home;
    private final DropwizardTestSupport<LecternConfiguration> support;

    private LecternServer(TemporaryFolder home, DropwizardTestSupport<LecternConfiguration> support) {
        this.home = home;
        this.support = support;
    }

    /// Starts it on the system's clock.
    ///
    /// @param databaseUrl where its database is
    /// @param overrides further keys of the configuration, with their values
    public static LecternServer start(String databaseUrl, Map<String, String> overrides) {
        return start(databaseUrl, overrides, InstantSource.system());
    }

    /// Starts it on another clock.
    public static LecternServer start(String databaseUrl, Map<String, String> overrides, InstantSource clock) {
        try {
            TemporaryFolder home = TemporaryFolder.create("lectern");
            Map<String, String> values = new HashMap<>(Map.of(
                    "home", home.path().toString(),
                    "database.url", databaseUrl,
                    "access.apiKey", API_KEY,
                    "llm.model", "extractive",
                    "limits.enabled", "false", // tests make many requests from one address
                    "server.applicationConnectors[0].port", "0",
                    "server.adminConnectors[0].port", "0",
                    "logging.level", "WARN"));
            values.putAll(overrides);
            ConfigOverride[] keys = values.entrySet().stream()
                    .map(value -> ConfigOverride.config(value.getKey(), value.getValue()))
                    .toArray(ConfigOverride[]::new);
            DropwizardTestSupport<LecternConfiguration> support =
                    new DropwizardTestSupport<>(LecternApplication.class, "config.yml", keys) {
                        @Override
                        public Application<LecternConfiguration> newApplication() {
                            return new LecternApplication(clock);
                        }
                    };
            support.before();
            return new LecternServer(home, support);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + support.getLocalPort());
    }

    public URI adminUrl() {
        return URI.create("http://127.0.0.1:" + support.getAdminPort());
    }

    /// The HTTP server beneath, with all its connectors.
    public Server jetty() {
        return support.getEnvironment().getApplicationContext().getServer();
    }

    /// The application's metrics.
    public MetricRegistry metrics() {
        return support.getEnvironment().metrics();
    }

    /// Whether Jetty keeps the filters of each path that readers ask for.
    public boolean keepsFilters() {
        return support.getEnvironment()
                .getApplicationContext()
                .getServletHandler()
                .isFilterChainsCached();
    }

    /// A front end of a new reader.
    public LecternClient reader() {
        return new LecternClient(url()).register();
    }

    /// Imports a book over HTTP.
    ///
    /// @param pages their Markdown by their path
    public LecternClient.Reply importBook(String slug, Map<String, String> pages) {
        return importBook(slug, pages, API_KEY);
    }

    /// Imports a book with another key.
    public LecternClient.Reply importBook(String slug, Map<String, String> pages, String key) {
        try (LecternClient importer = new LecternClient(url()).bearing(key)) {
            return importer.put("/books/" + slug, zip(pages), "application/zip");
        }
    }

    /// Imports the small book that the tests ask.
    public LecternServer withPoolsBook() {
        LecternClient.Reply reply = importBook("pools", Map.of("01-pools.md", """
                # Connection pools

                ## What a connection pool is

                A connection pool is a set of open database connections that the threads of one process share.

                ## What a permit is

                A permit is the right to use one connection. A request waits for a permit before it borrows a connection.

                ## How many connections a compute allows

                A compute of 0.25 CU allows 97 connections.
                """, "02-sleep.md", """
                # Sleeping databases

                ## When Neon suspends a compute

                Neon suspends a compute after five minutes without activity. The next login wakes the compute.
                """));
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.toString());
        }
        return this;
    }

    private static byte[] zip(Map<String, String> pages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                zip.putNextEntry(new ZipEntry(page.getKey()));
                zip.write(page.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        support.after();
        home.close();
    }
}
