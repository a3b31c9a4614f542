package dev.lectern.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What Neon's API said of the compute.
///
/// @param state a word of its own
/// @param askedAt when it answered last; null where it never did
/// @param lastFailure why it did not answer the last time; null where it did
@JsonNaming(SnakeCaseStrategy.class)
public record NeonApiState(
        String state, @Nullable Instant askedAt, @Nullable String lastFailure) {}
