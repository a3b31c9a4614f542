package dev.lectern.neon.admission;

import java.util.function.BiConsumer;

/// What stands before the database in a simulation. Whoever is let in or refused is told to the replay.
interface Entrance {

    /// Asks for a permit.
    void arrive(long now, Request request);

    /// Has its connection.
    void begin(long now, Request request);

    /// Gives a permit back.
    void finish(long now, Request request, Permit.Outcome outcome);

    /// The deadline of one who may still wait has passed.
    void expire(long now, Request request);

    /// The server has room for so many connections now.
    void resize(long now, int maximum);

    int waiting();

    int limit();

    /// Makes an entrance for so many permits.
    interface Kind {

        /// Opens one.
        ///
        /// @param decided is told of each request whether it is let in
        Entrance open(int maximum, BiConsumer<Request, Boolean> decided);
    }
}
