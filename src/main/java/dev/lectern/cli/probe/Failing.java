package dev.lectern.cli.probe;

import dev.lectern.cli.Printable;
import dev.lectern.neon.NeonUrl;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The words of an error, fit to be shown: of the server's only the message, and no secret.
record Failing(NeonUrl url) {

    private static final int LONGEST = 200;

    /// A shorter password is too likely to be a part of some other word.
    private static final int SHORTEST_SECRET = 6;

    /// What the server said, or else what the network did.
    String words(Throwable error) {
        for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof PSQLException sql) {
                ServerErrorMessage message = sql.getServerErrorMessage();
                if (message != null && message.getMessage() != null) {
                    return masked("the server says: " + message.getMessage());
                }
            }
        }
        return masked(String.valueOf(innermost(error).getMessage()));
    }

    /// The text without the password, wherever it comes from.
    String masked(String text) {
        String secret = url.password().value();
        boolean telling = secret.length() >= SHORTEST_SECRET
                && !secret.equals(url.user())
                && !secret.equals(url.database())
                && !secret.equals(url.host());
        return Printable.line(telling ? text.replace(secret, url.password().toString()) : text, LONGEST);
    }

    private static Throwable innermost(Throwable error) {
        Throwable last = error;
        for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof IOException || each instanceof SQLException) {
                last = each;
            }
        }
        return last;
    }
}
