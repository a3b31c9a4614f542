package dev.lectern.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/// What an import has done.
///
/// @param book the book's slug
/// @param version of the library, which grows with each import of any book
/// @param created whether there was no such book before
/// @param embedded how many passages got a new embedding
/// @param reused how many passages kept theirs, because their text is the same
/// @param seconds from the first byte read to the commit
/// @param warnings what was left out or looks wrong, one sentence each
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Imported(
        String book,
        String title,
        long version,
        boolean created,
        int chapters,
        int passages,
        int embedded,
        int reused,
        double seconds,
        double passagesPerSecond,
        List<String> warnings) {}
