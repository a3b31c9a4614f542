package dev.lectern;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.Owner;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neondropwizard.NeonConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which database is used: the one that the environment names, or else the embedded one of the home.
///
/// @param url for everything
/// @param direct without a pooler, for migrations; its role owns the tables, where there are two
/// @param embedded where this process runs it
/// @param owner the process that runs it, where that is another
record DatabaseLocation(
        NeonUrl url,
        NeonUrl direct,
        @Nullable EmbeddedDatabase embedded,
        @Nullable Owner owner) implements AutoCloseable {

    /// For the server, which runs the embedded database itself.
    static DatabaseLocation forServer(LecternConfiguration configuration) {
        return named(configuration.getDatabase()).orElseGet(() -> started(configuration));
    }

    /// For a command, which is a guest of the server where that runs.
    static DatabaseLocation forCommand(LecternConfiguration configuration) {
        return named(configuration.getDatabase())
                .or(() -> EmbeddedDatabase.attach(configuration.getHome()).flatMap(DatabaseLocation::attached))
                .orElseGet(() -> started(configuration));
    }

    private static Optional<DatabaseLocation> named(NeonConfiguration database) {
        return database.named()
                ? Optional.of(new DatabaseLocation(database.url(), database.direct(), null, null))
                : Optional.empty();
    }

    private static Optional<DatabaseLocation> attached(Owner owner) {
        return Optional.ofNullable(owner.jdbcUrl())
                .map(NeonUrl::parse)
                .map(url -> new DatabaseLocation(url, url, null, owner));
    }

    private static DatabaseLocation started(LecternConfiguration configuration) {
        LecternConfiguration.EmbeddedSettings wanted = configuration.getEmbedded();
        EmbeddedDatabaseSettings settings =
                EmbeddedDatabaseSettings.in(configuration.getHome()).withGateway(wanted.gateway());
        EmbeddedDatabase embedded =
                EmbeddedDatabase.start(wanted.port() == 0 ? settings : settings.withPort(wanted.port()));
        NeonUrl url = NeonUrl.parse(embedded.jdbcUrl());
        return new DatabaseLocation(url, url, embedded, null);
    }

    /// How to use it: as configured, save that the embedded database says itself when it is suspended.
    NeonSettings settings(LecternConfiguration configuration) {
        return settings(configuration, url);
    }

    /// The same as the role that owns the tables.
    NeonSettings ownersSettings(LecternConfiguration configuration) {
        return settings(configuration, direct);
    }

    private static NeonSettings settings(LecternConfiguration configuration, NeonUrl url) {
        NeonConfiguration database = configuration.getDatabase();
        NeonSettings settings = database.settings(url);
        return database.named()
                ? settings
                : settings.withSuspendTimeout(configuration.getEmbedded().suspendAfter());
    }

    /// A name of the database for what is kept of it on disk. It is the same through the pooler as without, and on
    /// whatever port the embedded one is; a secret is no part of it.
    String key() {
        if (embedded != null || owner != null) {
            return "embedded";
        }
        String place = url.endpoint().orElseGet(() -> url.host() + ":" + url.port()) + "/" + url.database();
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// What of the connection layer's work is of interest here.
    NeonListener listener() {
        return embedded == null ? NeonListener.NONE : new RequestAttribution(embedded.gateway());
    }

    /// Tells commands of the same home where the admin port is.
    void announceAdmin(String adminUrl) {
        if (embedded != null) {
            embedded.announceAdmin(adminUrl);
        }
    }

    /// Stops what this process started.
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
