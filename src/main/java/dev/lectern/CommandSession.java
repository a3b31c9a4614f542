package dev.lectern;

import dev.lectern.book.BookImporter;
import dev.lectern.cli.ImportBookCommand;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import dev.lectern.retrieval.BgeEmbedder;
import io.dropwizard.core.setup.Bootstrap;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// What a command needs of the server's parts, for as long as the command takes.
record CommandSession(DatabaseLocation location, NeonDatabase neon, BgeEmbedder embedder, BookImporter importer)
        implements ImportBookCommand.Session {

    static CommandSession open(Bootstrap<LecternConfiguration> bootstrap, LecternConfiguration configuration) {
        DatabaseLocation location = DatabaseLocation.forCommand(configuration);
        InstantSource clock = InstantSource.system();
        NeonDatabase neon = new NeonDatabase(
                location.settings(configuration), NeonListener.NONE, new Migrations(location.direct()), clock);
        Database database = new Database(neon, Jdbi.create(neon.dataSource()).installPlugin(new PostgresPlugin()));
        BgeEmbedder embedder = new BgeEmbedder(configuration.getHome().resolve("cache"));
        Thread.ofPlatform().daemon().name("load-embedding-model").start(embedder::load);
        RunningServer server =
                new RunningServer(location.owner(), configuration.getAccess().adminToken());
        // It shows the new version at once then.
        BookImporter importer = new BookImporter(database, embedder, clock, () -> server.run("refresh-books"));
        return new CommandSession(location, neon, embedder, importer);
    }

    static int migrate(LecternConfiguration configuration) {
        try (DatabaseLocation location = DatabaseLocation.forCommand(configuration)) {
            return new Migrations(location.direct()).migrate();
        }
    }

    @Override
    public void close() {
        embedder.close();
        neon.close();
        location.close();
    }
}
