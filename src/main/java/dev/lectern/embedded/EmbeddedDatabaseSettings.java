package dev.lectern.embedded;

import dev.lectern.embedded.gateway.GatewaySettings;
import java.nio.file.Path;
import java.util.OptionalInt;

/// Where the embedded database lives.
///
/// @param home the folder of Lectern; the database goes into its folder `postgres`
/// @param port the port on the loopback address; empty for any free one
/// @param binaries the folder into which PostgreSQL's program is unpacked, once for each of its versions
/// @param gateway how it behaves
public record EmbeddedDatabaseSettings(Path home, OptionalInt port, Path binaries, GatewaySettings gateway) {

    public EmbeddedDatabaseSettings {
        home = home.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        refuseShellCharacters(home);
        refuseShellCharacters(binaries);
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
            throw new EmbeddedDatabaseException(
                    "The port of the embedded database must be between 1 and 65535, not " + port.getAsInt() + ".");
        }
    }

    /// As Neon's smallest compute behaves.
    public EmbeddedDatabaseSettings(Path home, OptionalInt port, Path binaries) {
        this(home, port, binaries, GatewaySettings.DEFAULT);
    }

    /// On any free port, with the program unpacked beside the database: not in the system's folder for temporary
    /// files, where others could put their own, and from where a sweep could remove it under a running server.
    public static EmbeddedDatabaseSettings in(Path home) {
        return new EmbeddedDatabaseSettings(
                home, OptionalInt.empty(), folderIn(home).resolve("program"));
    }

    /// The same on a certain port.
    public EmbeddedDatabaseSettings withPort(int other) {
        return new EmbeddedDatabaseSettings(home, OptionalInt.of(other), binaries, gateway);
    }

    /// The same with another behaviour.
    public EmbeddedDatabaseSettings withGateway(GatewaySettings other) {
        return new EmbeddedDatabaseSettings(home, port, binaries, other);
    }

    Path folder() {
        return folderIn(home);
    }

    static Path folderIn(Path home) {
        return home.toAbsolutePath().normalize().resolve("postgres");
    }

    /// `pg_ctl` starts the server through a shell, with its paths in double quotes.
    private static void refuseShellCharacters(Path path) {
        if (path.toString().chars().anyMatch(c -> "\"$`\n\r".indexOf(c) >= 0)) {
            throw new EmbeddedDatabaseException(
                    "The embedded database cannot live in %s: choose a folder whose name has no quotes, $ or line breaks."
                            .formatted(path));
        }
    }
}
