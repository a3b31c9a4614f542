package dev.lectern.answer;

import java.time.Duration;

/// How many answers there are at a time, and how long one waits for whom.
///
/// @param most answers that are made at the same time; each holds its sources and its text, but no connection
/// @param heartbeat the silence after which a stream shows that it lives; a reader who left is noticed within two, as
///     the first write to a closed connection may still succeed
/// @param patience how long the model waits for a reader who takes no text
/// @param longest after which an answer is ended, whatever it does
/// @param retry what a client is told to wait when the language model fails
/// @param grace how long answers may go on when Lectern shuts down
/// @param farewell how long they may then take to be stored, and their readers to be told: together with `grace` less
///     than the server's shutdownGracePeriod, at whose end connections are cut
record Limits(
        int most,
        Duration heartbeat,
        Duration patience,
        Duration longest,
        Duration retry,
        Duration grace,
        Duration farewell) {

    static final Limits DEFAULT = new Limits(
            400,
            Duration.ofMillis(400),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(6),
            Duration.ofSeconds(3));
}
