package dev.lectern.neon.failure;

import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import java.util.List;

/// The errors of Neon's proxy, PgBouncer, PostgreSQL and pgjdbc, as tables; the first line that fits counts.
///
/// Neon's proxy sends every error of a login as `XX000`, also PostgreSQL's and PgBouncer's own, so that only the
/// message tells them apart (sources: neondatabase/neon, `proxy/src/error.rs` and `compute/errors.rs`). The same
/// errors come with their own SQLSTATE where there is no proxy in between; hence no state is demanded where the
/// message says enough. Work is told apart by its state alone, or with it: its messages have the values of readers in
/// them.
final class Signatures {

    private static final List<Signature> CONNECTING = List.of(
            // Neon's proxy
            line("", "couldn't connect to compute node", new Waking(Waking.Reason.STARTING)),
            line("", "check your quotas", new Down(Down.Reason.QUOTA)),
            line("", "exceeded the … quota", new Down(Down.Reason.QUOTA)),
            line("", "exceeded the limit of concurrently active endpoints", new Down(Down.Reason.COMPUTE_LIMIT)),
            line("", "endpoint is disabled", new Down(Down.Reason.ENDPOINT)),
            line("", "endpoint cannot be found", new Down(Down.Reason.ENDPOINT)),
            line("", "too many connections to this endpoint", new Saturated(Saturated.Reason.RATE_LIMIT)),
            line("", "too many connections attempts", new Saturated(Saturated.Reason.RATE_LIMIT)),
            line("", "too many database connection attempts", new Saturated(Saturated.Reason.RATE_LIMIT)),
            line("", "failed to acquire permit", new Saturated(Saturated.Reason.RATE_LIMIT)),
            line("", "control plane request failed", new Waking(Waking.Reason.CONTROL_PLANE)),
            line("", "endpoint is temporarily unavailable", new Waking(Waking.Reason.CONTROL_PLANE)),
            line("", "endpoint id is not specified", new Down(Down.Reason.CONFIGURATION)),
            line("", "inconsistent project name", new Down(Down.Reason.CONFIGURATION)),
            line("", "connection is insecure", new Down(Down.Reason.CONFIGURATION)),
            line("", "ip address … not allowed", new Down(Down.Reason.CONFIGURATION)),
            line("", "authentication timed out", new Waking(Waking.Reason.SLOW_LOGIN)),
            // PgBouncer
            line("", "no more connections allowed", new Saturated(Saturated.Reason.POOLER)),
            line("", "unsupported startup parameter", new Down(Down.Reason.CONFIGURATION)),
            line("", "query_wait_timeout", new Saturated(Saturated.Reason.QUEUE_TIMEOUT)),
            // PostgreSQL
            line("", "password authentication failed", new Down(Down.Reason.CREDENTIALS)),
            line("", "remaining connection slots are reserved", new Saturated(Saturated.Reason.SLOTS)),
            line("", "too many clients already", new Saturated(Saturated.Reason.SLOTS)),
            line("", "too many connections for", new Saturated(Saturated.Reason.SLOTS)),
            line("", "the database system is", new Waking(Waking.Reason.RESTARTING)),
            line("53300", "", new Saturated(Saturated.Reason.SLOTS)),
            line("57P03", "", new Waking(Waking.Reason.RESTARTING)),
            line("57P", "", new Waking(Waking.Reason.RESTARTING)),
            line("28", "", new Down(Down.Reason.CREDENTIALS)),
            line("3D000", "", new Down(Down.Reason.CREDENTIALS)),
            line("", "role … does not exist", new Down(Down.Reason.CREDENTIALS)),
            line("", "database … does not exist", new Down(Down.Reason.CREDENTIALS)),
            line("22023", "", new Down(Down.Reason.CONFIGURATION)),
            line("42704", "", new Down(Down.Reason.CONFIGURATION)),
            // pgjdbc
            line("", "authentication, but no password", new Down(Down.Reason.CREDENTIALS)),
            line("", "authentication, but the password is an empty string", new Down(Down.Reason.CREDENTIALS)),
            line("", "does not support ssl", new Down(Down.Reason.CONFIGURATION)),
            line("", "pkix", new Down(Down.Reason.CONFIGURATION)),
            line("", "could not be verified by hostnameverifier", new Down(Down.Reason.CONFIGURATION)),
            line("", "connection attempt timed out", new Down(Down.Reason.UNREACHABLE)),
            line("08", "", new Down(Down.Reason.UNREACHABLE)));

    private static final List<Signature> WORKING = List.of(
            // PgBouncer
            line("08P01", "query_wait_timeout", new Saturated(Saturated.Reason.QUEUE_TIMEOUT)),
            line("08P01", "no more connections allowed", new Saturated(Saturated.Reason.POOLER)),
            line("08P01", "remaining connection slots are reserved", new Saturated(Saturated.Reason.SLOTS)),
            line("08P01", "too many clients already", new Saturated(Saturated.Reason.SLOTS)),
            // PostgreSQL
            line("53300", "", new Saturated(Saturated.Reason.SLOTS)),
            line("57P01", "", new ConnectionLost(ConnectionLost.Reason.TERMINATED)),
            line("57P02", "", new ConnectionLost(ConnectionLost.Reason.CRASHED)),
            line("57P03", "", new ConnectionLost(ConnectionLost.Reason.TERMINATED)),
            line("25P03", "", new ConnectionLost(ConnectionLost.Reason.SESSION_TIMEOUT)),
            line("57P05", "", new ConnectionLost(ConnectionLost.Reason.SESSION_TIMEOUT)),
            line("25006", "", new ReadOnly(ReadOnly.Reason.READ_ONLY)),
            line("53100", "", new ReadOnly(ReadOnly.Reason.DISK_FULL)),
            line("40001", "", new Conflict(Conflict.Reason.SERIALIZATION)),
            line("40P01", "", new Conflict(Conflict.Reason.DEADLOCK)),
            line("57014", "statement timeout", new TimedOut(TimedOut.Reason.STATEMENT)),
            line("57014", "", new TimedOut(TimedOut.Reason.CANCELED)),
            line("55P03", "lock timeout", new TimedOut(TimedOut.Reason.LOCK)),
            // pgjdbc
            line("08003", "", new ConnectionLost(ConnectionLost.Reason.CLOSED)),
            line("08", "", new ConnectionLost(ConnectionLost.Reason.BROKEN)));

    private Signatures() {}

    static List<Signature> of(Phase phase) {
        return switch (phase) {
            case CONNECTING -> CONNECTING;
            case WORKING -> WORKING;
        };
    }

    private static Signature line(String state, String fragment, DatabaseFailure failure) {
        return new Signature(state, fragment, failure);
    }
}
