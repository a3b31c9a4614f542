package dev.lectern.embedded.gateway;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What can go wrong on command. A constructor throws [InvalidFaultException] where a value cannot be.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "refuse_connections", value = Fault.RefuseConnections.class),
    @JsonSubTypes.Type(name = "refuse_logins", value = Fault.RefuseLogins.class),
    @JsonSubTypes.Type(name = "black_hole", value = Fault.BlackHole.class),
    @JsonSubTypes.Type(name = "half_open", value = Fault.HalfOpen.class),
    @JsonSubTypes.Type(name = "reset_queries", value = Fault.ResetQueries.class),
    @JsonSubTypes.Type(name = "cut_answers", value = Fault.CutAnswers.class),
    @JsonSubTypes.Type(name = "slow", value = Fault.Slow.class),
    @JsonSubTypes.Type(name = "read_only", value = Fault.ReadOnly.class),
    @JsonSubTypes.Type(name = "disk_full", value = Fault.DiskFull.class),
    @JsonSubTypes.Type(name = "slots_taken", value = Fault.SlotsTaken.class),
    @JsonSubTypes.Type(name = "queue_timeout", value = Fault.QueueTimeout.class),
    @JsonSubTypes.Type(name = "cut_connections", value = Fault.CutConnections.class),
    @JsonSubTypes.Type(name = "suspend", value = Fault.Suspend.class),
    @JsonSubTypes.Type(name = "kill", value = Fault.Kill.class),
    @JsonSubTypes.Type(name = "restart", value = Fault.Restart.class),
    @JsonSubTypes.Type(name = "outage", value = Fault.Outage.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Fault {

    /// Happens once, when it is injected, and is then over.
    sealed interface Momentary extends Fault {}

    /// Is in force until it is cleared, its time is over, or it has happened as often as it should.
    sealed interface Lasting extends Fault {

        /// How often it happens; null for without end.
        @Nullable
        default Integer count() {
            return null;
        }
    }

    /// Nobody listens on the port.
    record RefuseConnections() implements Lasting {}

    /// Logins fail.
    ///
    /// @param reason which the client reads
    /// @param count how many of them; null for all
    record RefuseLogins(LoginRefusal reason, @Nullable Integer count) implements Lasting {
        public RefuseLogins {
            required("reason", reason);
            positive("count", count);
        }
    }

    /// What is sent either way on any connection is lost, and nothing is closed. Who has lost something stays lost.
    record BlackHole() implements Lasting {}

    /// The connections of this moment are dead, and nobody is told; new ones are alive.
    record HalfOpen() implements Momentary {}

    /// The connection is reset after a question has reached the server and before the answer is passed on.
    ///
    /// @param every at each so manieth question; null for each
    /// @param count how often; null for without end
    record ResetQueries(@Nullable Integer every, @Nullable Integer count) implements Lasting {
        public ResetQueries {
            positive("every", every);
            positive("count", count);
        }
    }

    /// The server does what it is told, and the connection ends instead of the answer.
    ///
    /// @param of what the answer was to
    /// @param count how often; null for without end
    record CutAnswers(Statement of, @Nullable Integer count) implements Lasting {

        /// Whose answer is cut off.
        public enum Statement {
            @JsonProperty("commit")
            COMMIT,
            @JsonProperty("write")
            WRITE
        }

        public CutAnswers {
            required("of", of);
            positive("count", count);
        }
    }

    /// Round trips take longer.
    ///
    /// @param delay by how much
    /// @param share which part of them, above 0 and up to 1; null for all
    record Slow(
            @JsonFormat(shape = JsonFormat.Shape.STRING) Duration delay,
            @Nullable Double share) implements Lasting {
        public Slow {
            required("delay", delay);
            positive("delay", delay);
            if (share != null && !(share > 0 && share <= 1)) {
                throw new InvalidFaultException("share", "must be above 0 and not above 1");
            }
        }
    }

    /// The server refuses to write (25006).
    record ReadOnly() implements Lasting {}

    /// Statements that write fail with 53100 and Neon's text.
    record DiskFull() implements Lasting {}

    /// Connections of somebody else's, under the name `etl`.
    ///
    /// @param connections how many, as far as there are so many
    record SlotsTaken(int connections) implements Lasting {
        public SlotsTaken {
            positive("connections", connections);
        }
    }

    /// Questions to the pooler outside of a transaction fail with `query_wait_timeout`, and the connection ends.
    ///
    /// @param count how many; null for all
    record QueueTimeout(@Nullable Integer count) implements Lasting {
        public QueueTimeout {
            positive("count", count);
        }
    }

    /// All connections end, as when the pooler is started anew.
    record CutConnections() implements Momentary {}

    /// The compute is suspended.
    record Suspend() implements Momentary {}

    /// The server is killed, all of it.
    record Kill() implements Momentary {}

    /// The server is stopped and started.
    record Restart() implements Momentary {}

    /// The server is stopped, and is not to be had before the time is over.
    record Outage(
            @JsonFormat(shape = JsonFormat.Shape.STRING) Duration duration) implements Momentary {
        public Outage {
            required("duration", duration);
            positive("duration", duration);
        }
    }

    private static void required(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidFaultException(field, "is required");
        }
    }

    private static void positive(String field, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new InvalidFaultException(field, "must be at least 1");
        }
    }

    private static void positive(String field, Duration value) {
        if (!value.isPositive() || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidFaultException(field, "must be longer than nothing and not longer than an hour");
        }
    }
}
