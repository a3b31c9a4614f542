package dev.lectern.cli.probe;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import java.time.Duration;

/// The database that a command looks at.
///
/// @param embedded whether it is the embedded one of a running Lectern
/// @param suspend after how long without activity Lectern takes it to be suspended; zero for never
public record DatabaseTarget(NeonUrl url, boolean embedded, Duration suspend) {

    /// One that Lectern's configuration does not know.
    static DatabaseTarget at(NeonUrl url) {
        return new DatabaseTarget(url, false, NeonSettings.DEFAULT_SUSPEND_TIMEOUT);
    }
}
