package dev.lectern.retrieval;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.book.BookSlug;
import dev.lectern.book.Passage;
import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Search over HTTP.
@Path("/api/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "search")
public final class SearchResource {

    private static final int LONGEST_QUERY = 400;
    private static final int DEFAULT_LIMIT = 20;
    private static final int HIGHEST_LIMIT = 100;

    private final BookRetriever retriever;
    private final Predicate<String> bookExists;

    /// @param bookExists looks for a book that is not here yet
    SearchResource(BookRetriever retriever, Predicate<String> bookExists) {
        this.retriever = retriever;
        this.bookExists = bookExists;
    }

    /// What a search found, best first.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SearchAnswer(List<Item> items) {}

    /// A passage that was found.
    ///
    /// @param title the nearest heading
    /// @param url the page, without the anchor
    /// @param anchor the fragment of the nearest heading; empty where there is none
    /// @param snippet the stretch that fits best, plain text
    /// @param score 0 to 1, comparable within one answer
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Item(
            String book, String chapter, String title, String url, String anchor, String snippet, double score) {

        static Item of(Hit hit) {
            Passage passage = hit.passage();
            return new Item(
                    passage.book(),
                    passage.chapter(),
                    passage.title(),
                    passage.url(),
                    passage.anchor(),
                    hit.snippet(),
                    hit.score());
        }
    }

    @GET
    @Operation(operationId = "search", summary = "Passages of one book or of all that speak of something")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public SearchAnswer search(
            @QueryParam("q")
                    @Parameter(required = true, schema = @Schema(minLength = 1, maxLength = LONGEST_QUERY))
                    @Nullable
                    String q,
            @QueryParam("book")
                    @Parameter(
                            description = "The slug of the one book to search",
                            schema = @Schema(pattern = BookSlug.FORM))
                    @Nullable
                    String book,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "" + HIGHEST_LIMIT,
                                            defaultValue = "" + DEFAULT_LIMIT))
                    @Nullable
                    String limit) {
        String words = words(q);
        int items = Input.limit(limit, DEFAULT_LIMIT, HIGHEST_LIMIT);
        if (book != null && book.isBlank()) {
            throw ProblemException.invalid("book", "is empty; without it, all books are searched");
        }
        if (book != null && !(bookExists.test(book) && retriever.has(book))) {
            throw ProblemException.notFound("There is no book " + book);
        }
        Query query = new Query(words, book, null, null, items);
        return new SearchAnswer(retriever.search(query).stream().map(Item::of).toList());
    }

    private static String words(@Nullable String q) {
        String words = q == null ? "" : q.strip();
        if (words.isEmpty()) {
            throw ProblemException.invalid("q", "is required");
        }
        if (words.codePointCount(0, words.length()) > LONGEST_QUERY) {
            throw ProblemException.invalid("q", "is longer than " + LONGEST_QUERY + " characters");
        }
        return words;
    }
}
