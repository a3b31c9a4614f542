package dev.lectern.access;

import java.util.Optional;
import java.util.stream.Stream;

/// What an API key may be good for.
public enum Scope {
    /// Importing books.
    BOOKS_WRITE("books:write"),
    /// What a reader may do.
    CHAT("chat"),
    /// Looking at the admin port.
    ADMIN_READ("admin:read"),
    /// Changing something at the admin port.
    ADMIN_ACT("admin:act");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /// The scope of this name; empty where there is none.
    public static Optional<Scope> of(String word) {
        return Stream.of(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /// Its name, as operators write it.
    @Override
    public String toString() {
        return word;
    }
}
