package dev.lectern.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A finished answer, as it is stored.
///
/// @param grounded whether the cited passages support it
/// @param stopped whether the reader ended it before its end
public record Answer(
        UUID id,
        UUID conversation,
        UUID question,
        String content,
        List<Citation> citations,
        boolean grounded,
        boolean stopped,
        String model,
        Timings timings,
        Instant createdAt) {}
