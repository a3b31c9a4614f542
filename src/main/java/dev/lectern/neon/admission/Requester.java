package dev.lectern.neon.admission;

import java.util.Objects;

/// For whom work is done. Those who wait for a permit in one class take turns by it, so that whoever asks for much is
/// in his own way, and not in the others' (fair queueing: Nagle, "On Packet Switches With Infinite Storage", RFC 970).
///
/// @param identity by which requesters are told apart
public record Requester(Object identity) {

    /// For whom the running thread works, where whoever began the request has bound it. Work for nobody takes its turn
    /// as if it was each time for another.
    public static final ScopedValue<Requester> OF_REQUEST = ScopedValue.newInstance();

    public Requester {
        Objects.requireNonNull(identity);
    }
}
