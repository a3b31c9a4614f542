package dev.lectern.conversation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/// Where the time of an answer went, in milliseconds.
///
/// @param retrievalMs finding passages
/// @param firstTokenMs from the request's arrival to the first piece of text; absent where there was none
/// @param totalMs from the request's arrival to the end of the text
/// @param backendMs the part of the total that was not spent waiting for the language model
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Timings(long retrievalMs, @Nullable Long firstTokenMs, long totalMs, long backendMs) {}
