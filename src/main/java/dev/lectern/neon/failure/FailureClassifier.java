package dev.lectern.neon.failure;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells from an error what class of failure it is. It looks through the exceptions of other libraries at what the
/// driver threw.
public final class FailureClassifier {

    private FailureClassifier() {}

    /// The class of an error; empty for the error of a statement, which says nothing about the database.
    public static Optional<DatabaseFailure> classify(Throwable error, Phase phase) {
        for (SQLException sql : sqlExceptions(error)) {
            Optional<DatabaseFailure> failure = one(sql, phase);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /// The class of an error while connecting, which is always one.
    public static DatabaseFailure connecting(Throwable error) {
        return classify(error, Phase.CONNECTING)
                .orElseGet(() -> new DatabaseFailure.Down(DatabaseFailure.Down.Reason.UNKNOWN));
    }

    private static Optional<DatabaseFailure> one(SQLException sql, Phase phase) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        String message = sql.getMessage() == null ? "" : sql.getMessage();
        if (phase == Phase.WORKING && state.startsWith("08") && hasCause(sql, SocketTimeoutException.class)) {
            return Optional.of(new DatabaseFailure.TimedOut(DatabaseFailure.TimedOut.Reason.NO_ANSWER));
        }
        return Signatures.of(phase).stream()
                .filter(signature -> signature.fits(state, message))
                .findFirst()
                .map(Signature::failure);
    }

    private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
        for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static List<SQLException> sqlExceptions(Throwable error) {
        List<SQLException> found = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable each = error; each != null && seen.add(each); each = each.getCause()) {
            if (each instanceof SQLException sql) {
                found.add(sql);
                for (@Nullable SQLException next = sql.getNextException();
                        next != null && seen.add(next);
                        next = next.getNextException()) {
                    found.add(next);
                }
            }
        }
        return found;
    }
}
