package dev.lectern;

import dev.lectern.access.ApiKeyRegister;
import dev.lectern.cli.ApiKeyCommand;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The API keys of the configuration's database, for as long as a command takes. The owner of the tables makes
/// them: the server's own role may not, where it is another.
record KeySession(DatabaseLocation location, NeonDatabase neon, ApiKeyRegister keys, RunningServer server)
        implements ApiKeyCommand.Session {

    static KeySession open(LecternConfiguration configuration) {
        DatabaseLocation location = DatabaseLocation.forCommand(configuration);
        InstantSource clock = InstantSource.system();
        NeonDatabase neon = new NeonDatabase(
                location.ownersSettings(configuration), NeonListener.NONE, new Migrations(location.direct()), clock);
        Database database = new Database(neon, Jdbi.create(neon.dataSource()).installPlugin(new PostgresPlugin()));
        return new KeySession(
                location,
                neon,
                new ApiKeyRegister(database, clock),
                new RunningServer(location.owner(), configuration.getAccess().adminToken()));
    }

    @Override
    public void changed() {
        server.run("refresh-api-keys");
    }

    @Override
    public void close() {
        neon.close();
        location.close();
    }
}
