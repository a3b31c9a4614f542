package dev.lectern.book;

import dev.lectern.persistence.Database;

/// Empties the library of a database between tests.
public final class Shelves {

    private Shelves() {}

    public static void empty(Database database) {
        database.background(handle -> handle.execute("DELETE FROM book; UPDATE library SET revision = 0"));
    }
}
