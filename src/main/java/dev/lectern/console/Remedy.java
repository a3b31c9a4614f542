package dev.lectern.console;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseFailure.Waking;

/// What an operator does about a failure, one sentence for each reason there is.
final class Remedy {

    private Remedy() {}

    static String of(DatabaseFailure failure) {
        return switch (failure) {
            case Waking waking -> of(waking.reason());
            case Saturated saturated -> of(saturated.reason());
            case Down down -> of(down.reason());
            case ReadOnly readOnly -> of(readOnly.reason());
            case ConnectionLost lost -> of(lost.reason());
            case TimedOut late -> of(late.reason());
            case Conflict conflict -> of(conflict.reason());
        };
    }

    private static String of(Waking.Reason reason) {
        return switch (reason) {
            case STARTING -> "Wait: requests are held and served once it is awake.";
            case RESTARTING -> "Wait for the server; if nobody restarts it, look at Neon's operations page.";
            case LOST -> "Wait: another connection is being made; if that takes long, look at the network.";
            case CONTROL_PLANE ->
                "Look at neonstatus.com; nothing can be done here until Neon's control plane answers.";
            case SLOW_LOGIN ->
                "Look at the compute's load, and raise DATABASE_LOGIN_TIMEOUT if its wakes take that long.";
        };
    }

    private static String of(Saturated.Reason reason) {
        return switch (reason) {
            case PERMITS -> "Find what holds connections for long, or raise the pool's maximum if the server has room.";
            case SLOTS -> "Ask the others to release connections, or lower the pool's maximum.";
            case POOLER -> "Have fewer clients go through the pooler, or use the direct connection string.";
            case QUEUE_TIMEOUT -> "Lower the pool's maximum, or use a larger compute: the pooler's queue is too long.";
            case RATE_LIMIT -> "Let it be: connections are made more slowly now; lower the pool's maximum if it lasts.";
        };
    }

    private static String of(Down.Reason reason) {
        return switch (reason) {
            case UNREACHABLE ->
                "Check the network, the host's name and the port; it is looked for as long as somebody asks.";
            case QUOTA -> "Raise the quota or the plan of the Neon project; readers keep the books meanwhile.";
            case COMPUTE_LIMIT -> "Suspend another compute of the Neon project, or change its plan.";
            case ENDPOINT -> "Enable the compute in Neon's console, or correct the host in DATABASE_URL.";
            case CREDENTIALS -> "Correct the user, password or database in DATABASE_URL, and restart Lectern.";
            case CONFIGURATION -> "Correct the parameters in DATABASE_URL (sslmode, options), and restart Lectern.";
            case PREPARATION -> "Read the log for the migration that failed, mend it, and restart Lectern.";
            case CLOSED -> "Start Lectern again: this process is about to end.";
            case PAUSED -> "Resume as soon as what is done at the database is done.";
            case UNKNOWN -> "Read the log for the server's own words.";
        };
    }

    private static String of(ReadOnly.Reason reason) {
        return switch (reason) {
            case READ_ONLY -> "Point DATABASE_URL to the primary, or make the server writable again.";
            case DISK_FULL -> "Make room: delete what is not needed, or raise the storage limit of the Neon project.";
        };
    }

    private static String of(ConnectionLost.Reason reason) {
        return switch (reason) {
            case TERMINATED -> "Find out who stops sessions or restarts the compute, if it goes on.";
            case CRASHED -> "Read the server's log; a crash at the same statement again and again is a bug there.";
            case BROKEN -> "Look at the network between here and the server, if it goes on.";
            case SILENT ->
                "Look for a router or firewall that forgets idle connections, and lower DATABASE_MAX_LIFETIME.";
            case CLOSED -> "Look for a router that ends idle connections, and lower DATABASE_DISTRUST_IDLE_AFTER.";
            case SESSION_TIMEOUT -> "Raise idle_session_timeout of the role, or lower DATABASE_MAX_LIFETIME below it.";
        };
    }

    private static String of(TimedOut.Reason reason) {
        return switch (reason) {
            case STATEMENT -> "Find the slow statement among the server's sessions, or raise statement_timeout.";
            case LOCK -> "Find who blocks whom among the server's sessions, and end the first of them.";
            case CANCELED ->
                "Look at what the server is busy with: statements do not end within the request's deadline.";
            // Where the network is the cause nobody is answered, and the state says so.
            case NO_ANSWER ->
                "Find among the server's sessions who blocks whom, or what is slow; look at the compute's load.";
            case DEADLINE ->
                "Look at the pool and at this machine: requests wait here before they come to the database.";
        };
    }

    private static String of(Conflict.Reason reason) {
        return switch (reason) {
            case SERIALIZATION ->
                "Nothing, while few are hit: such work is repeated; else look for what writes the same rows.";
            case DEADLOCK -> "Look in the server's log for the two statements that lock in different orders.";
        };
    }
}
