package dev.lectern.access;

import org.jspecify.annotations.Nullable;

/// Who bears a token, as far as this process knows by itself.
public interface KnownCallers {

    /// Null where the token is nobody's, and where telling would need the database or the identity provider: a person
    /// is known once a token was verified, a server once its key was read. Never waits.
    @Nullable
    ReaderId reader(String bearer);
}
