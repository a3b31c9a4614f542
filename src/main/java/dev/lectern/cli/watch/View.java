package dev.lectern.cli.watch;

import java.time.Instant;

/// Where what is seen is shown.
interface View extends AutoCloseable {

    void show(Sighting sighting, Instant now);

    @Override
    void close();
}
