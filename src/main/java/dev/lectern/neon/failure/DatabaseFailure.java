package dev.lectern.neon.failure;

import dev.lectern.neon.failure.Response.Repetition;
import java.util.Locale;

/// Why the database could not do what was asked. Errors of the statement itself, such as a violated constraint, are
/// none of these: they go to the caller as they are.
public sealed interface DatabaseFailure {

    /// The cause within the class.
    Cause reason();

    /// What to do about it.
    Response response();

    /// One line for people, with nothing secret in it.
    default String message() {
        return reason().text();
    }

    /// A stable word for metrics and logs, such as `saturated/slots`.
    default String slug() {
        return kebab(getClass().getSimpleName()) + "/" + reason().slug();
    }

    /// A cause, as an enum's constant.
    sealed interface Cause {

        /// The constant's name.
        String name();

        /// What happened and what to do, in one line.
        String text();

        /// A stable word for metrics and logs, such as `slots`.
        default String slug() {
            return kebab(name());
        }
    }

    /// The compute starts; whoever waits is served.
    record Waking(Waking.Reason reason) implements DatabaseFailure {

        /// Why it is not there yet.
        public enum Reason implements Cause {
            STARTING("the compute is starting"),
            RESTARTING("the server is starting, stopping or recovering"),
            LOST("the connection to the server is lost, and another is being made"),
            CONTROL_PLANE("Neon's control plane does not answer"),
            SLOW_LOGIN("the login took too long");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            return Response.repeating(Repetition.ALWAYS);
        }
    }

    /// The database is well and has no room.
    record Saturated(Saturated.Reason reason) implements DatabaseFailure {

        /// Where there is no room.
        public enum Reason implements Cause {
            PERMITS("all connections of this process are in use"),
            SLOTS("all connections of the server are in use: ask the others to release some, or use a larger compute"),
            POOLER("the pooler takes no more clients"),
            QUEUE_TIMEOUT("the pooler had no connection to the server for too long"),
            RATE_LIMIT("Neon limits how many connections are made at once");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            // The caller has waited for it already; to try again at once would only lengthen the queue.
            return Response.repeating(Repetition.NEVER);
        }
    }

    /// The database cannot be had until something changes.
    record Down(Down.Reason reason) implements DatabaseFailure {

        /// What must change.
        public enum Reason implements Cause {
            UNREACHABLE("the server cannot be reached"),
            QUOTA("a quota of the Neon project is used up: see its plan and consumption"),
            COMPUTE_LIMIT("the Neon project may not have more computes active: suspend one, or change its plan"),
            ENDPOINT("the Neon endpoint is disabled or does not exist"),
            CREDENTIALS("the server refuses the user, the password or the database"),
            CONFIGURATION("the server refuses this way of connecting: see the connection string"),
            PREPARATION("the database could not be prepared: see the log for the migration that failed"),
            CLOSED("the connection layer is closed"),
            PAUSED("an operator has paused the use of the database"),
            UNKNOWN("connecting failed for an unknown reason: see the log");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            return switch (reason) {
                case UNREACHABLE, UNKNOWN -> Response.failing(Response.SOON);
                case QUOTA -> Response.failing(Response.MUCH_LATER);
                case COMPUTE_LIMIT, ENDPOINT, CREDENTIALS, CONFIGURATION, PREPARATION, CLOSED, PAUSED ->
                    Response.failing(Response.LATER);
            };
        }
    }

    /// Reads are served, writes are not.
    record ReadOnly(ReadOnly.Reason reason) implements DatabaseFailure {

        /// Why it takes no writes.
        public enum Reason implements Cause {
            READ_ONLY("the server takes no writes: it is a replica, or was made read-only"),
            DISK_FULL("the disk or the Neon project's storage is full");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            return Response.repeating(Repetition.NEVER);
        }
    }

    /// The connection ended while it was in use.
    record ConnectionLost(ConnectionLost.Reason reason) implements DatabaseFailure {

        /// How it ended.
        public enum Reason implements Cause {
            TERMINATED("the server ended the connection: it suspends, stops or was told to"),
            CRASHED("the server crashed and recovers"),
            BROKEN("the connection broke"),
            SILENT("the server stopped answering"),
            CLOSED("the connection was dead already"),
            SESSION_TIMEOUT("the server ended the session after its idle time");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            return Response.repeating(Repetition.IF_IDEMPOTENT);
        }
    }

    /// No answer in time; what was asked may have been done.
    record TimedOut(TimedOut.Reason reason) implements DatabaseFailure {

        /// What took too long.
        public enum Reason implements Cause {
            STATEMENT("the statement took longer than the server allows"),
            LOCK("the statement waited too long for a lock"),
            CANCELED("the statement was canceled: its deadline had passed, or an operator wanted it so"),
            NO_ANSWER("the server did not answer before the deadline"),
            DEADLINE("the request's time was over before the database was asked");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            return Response.repeating(Repetition.NEVER);
        }
    }

    /// Another transaction was in the way; this one was rolled back.
    record Conflict(Conflict.Reason reason) implements DatabaseFailure {

        /// What kind of conflict.
        public enum Reason implements Cause {
            SERIALIZATION("transactions that ran at once cannot be put in an order"),
            DEADLOCK("transactions waited for each other");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String text() {
                return text;
            }
        }

        @Override
        public Response response() {
            return Response.repeating(Repetition.IF_IDEMPOTENT);
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
