package dev.lectern;

import dev.lectern.book.BookImporter;
import dev.lectern.cli.ImportBookCommand;
import dev.lectern.embedded.Owner;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import dev.lectern.retrieval.BgeEmbedder;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a command needs of the server's parts, for as long as the command takes.
record CommandSession(DatabaseLocation location, NeonDatabase neon, BgeEmbedder embedder, BookImporter importer)
        implements ImportBookCommand.Session {

    private static final Logger LOG = LoggerFactory.getLogger(CommandSession.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static CommandSession open(Bootstrap<LecternConfiguration> bootstrap, LecternConfiguration configuration) {
        DatabaseLocation location = DatabaseLocation.forCommand(configuration);
        InstantSource clock = InstantSource.system();
        NeonDatabase neon = new NeonDatabase(
                location.settings(configuration), NeonListener.NONE, new Migrations(location.direct()), clock);
        Database database = new Database(neon, Jdbi.create(neon.dataSource()).installPlugin(new PostgresPlugin()));
        BgeEmbedder embedder = new BgeEmbedder(configuration.getHome().resolve("cache"));
        Thread.ofPlatform().daemon().name("load-embedding-model").start(embedder::load);
        Owner owner = location.owner();
        BookImporter importer = new BookImporter(
                database,
                embedder,
                clock,
                () -> tell(owner, configuration.getAccess().adminToken()));
        return new CommandSession(location, neon, embedder, importer);
    }

    static int migrate(LecternConfiguration configuration) {
        try (DatabaseLocation location = DatabaseLocation.forCommand(configuration)) {
            return new Migrations(location.direct()).migrate();
        }
    }

    /// Has the server of the same home show the new version at once. Others learn of it from their next statement.
    private static void tell(@Nullable Owner owner, @Nullable String adminToken) {
        if (owner == null || owner.adminUrl() == null) {
            return;
        }
        HttpRequest.Builder refresh = HttpRequest.newBuilder(URI.create(owner.adminUrl() + "/tasks/refresh-books"))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody());
        if (adminToken != null) {
            refresh.header("Authorization", "Bearer " + adminToken);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(refresh.build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            LOG.warn("The running server could not be told; it shows the book after its next question", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        embedder.close();
        neon.close();
        location.close();
    }
}
