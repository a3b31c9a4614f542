package dev.lectern.cli.probe;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseFailure.Waking;

/// What to do about each class of failure.
final class Advice {

    private static final String AGAIN = "Check again in a moment.";

    private Advice() {}

    /// Down is what stays so until somebody changes something, as it is to a running Lectern.
    static Level level(DatabaseFailure failure) {
        return failure instanceof Down ? Level.DOWN : Level.DEGRADED;
    }

    static String next(DatabaseFailure failure) {
        return switch (failure) {
            case Down(Down.Reason reason) -> next(reason);
            case Saturated(Saturated.Reason reason) -> next(reason);
            case ReadOnly(ReadOnly.Reason reason) -> next(reason);
            case Waking _ -> "Check again in a moment, or give it longer with --timeout.";
            case ConnectionLost _, TimedOut _, Conflict _ -> AGAIN;
        };
    }

    private static String next(Down.Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "Check that the server runs, and the firewalls and allowed addresses on the way to it.";
            case QUOTA, COMPUTE_LIMIT -> "See consumption and plan of the project in Neon's console.";
            case ENDPOINT -> "Enable the endpoint in Neon's console, or copy its connection string anew.";
            case CREDENTIALS ->
                "Compare user, password and database of the connection string with those of the server; Neon's console"
                        + " shows them under Connect.";
            case CONFIGURATION -> "Change the connection string as the server's words above say.";
            case PREPARATION -> "Run bin/lectern migrate: it names the migration that fails.";
            case CLOSED, PAUSED, UNKNOWN -> AGAIN;
        };
    }

    private static String next(Saturated.Reason reason) {
        return switch (reason) {
            case PERMITS, SLOTS ->
                "Have others release connections, or use a larger compute. A superuser still gets in, and sees in"
                        + " pg_stat_activity who holds them; so does the admin page of a running Lectern.";
            case POOLER, QUEUE_TIMEOUT -> "Have others release connections of the pooler, or use the direct host.";
            case RATE_LIMIT -> "Let a minute pass without new connections, and find who makes so many.";
        };
    }

    private static String next(ReadOnly.Reason reason) {
        return switch (reason) {
            case READ_ONLY ->
                "Connect to the primary, or make it writable: see default_transaction_read_only of server, database and"
                        + " role.";
            case DISK_FULL -> "Make room, or raise the storage limit of the project.";
        };
    }
}
