package dev.lectern.conversation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.UUID;

/// A passage that an answer rests on.
///
/// @param n the number that the answer's text refers to, as in `[1]`
/// @param url the page, without the anchor
/// @param score 0 to 1
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Citation(
        int n,
        UUID passageId,
        String book,
        String chapter,
        String title,
        String url,
        String anchor,
        String snippet,
        double score) {}
