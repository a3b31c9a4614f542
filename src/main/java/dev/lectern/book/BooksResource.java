package dev.lectern.book;

import dev.lectern.access.BooksWrite;
import dev.lectern.book.manuscript.FlawException;
import dev.lectern.book.manuscript.ZipSource;
import dev.lectern.paging.Page;
import dev.lectern.paging.PageRequest;
import dev.lectern.problem.BodyLimit;
import dev.lectern.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Books, from memory; and their import.
@Path("/api/v1/books")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "books")
public final class BooksResource {

    private static final String ZIP = "application/zip";
    private static final long LARGEST_ARCHIVE = 64L << 20;

    /// Seconds: an archive may come over a slow line.
    private static final long SLOWEST_ARCHIVE = 600;

    private final Library library;
    private final BookImporter importer;

    BooksResource(Library library, BookImporter importer) {
        this.library = library;
        this.importer = importer;
    }

    @GET
    @Operation(operationId = "listBooks", summary = "List the books")
    @ApiResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = BookList.class)))
    @ApiResponse(responseCode = "304", description = "The client's copy is good")
    public Response list(
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "" + PageRequest.HIGHEST_LIMIT,
                                            defaultValue = "" + PageRequest.DEFAULT_LIMIT))
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Request request) {
        PageRequest<String> page =
                PageRequest.of(limit, cursor, slug -> Optional.of(slug).filter(BookSlug::isValid));
        Shelf shelf = library.shelf();
        String after = page.after() == null ? "" : page.after();
        EntityTag tag = new EntityTag(shelf.tag() + "." + page.limit() + "." + after);
        return cached(request, tag, () -> page(shelf.books().values(), after, page.limit()));
    }

    @GET
    @Path("{book}")
    @Operation(operationId = "readBook", summary = "Read a book's table of contents")
    @ApiResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = BookContents.class)))
    @ApiResponse(responseCode = "304", description = "The client's copy is good")
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Response contents(
            @PathParam("book") @Parameter(schema = @Schema(pattern = BookSlug.FORM)) String slug,
            @Context Request request) {
        Shelf shelf = shelfWith(slug);
        Book book = book(shelf, slug);
        return cached(request, tag(shelf, slug), () -> BookContents.of(book));
    }

    @GET
    @Path("{book}/chapters/{chapter: .+}")
    @Operation(operationId = "readChapter", summary = "Read a chapter; its name may contain slashes")
    @ApiResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = ChapterPage.class)))
    @ApiResponse(responseCode = "304", description = "The client's copy is good")
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Response chapter(
            @PathParam("book") @Parameter(schema = @Schema(pattern = BookSlug.FORM)) String slug,
            @PathParam("chapter") String chapterSlug,
            @Context Request request) {
        Shelf shelf = shelfWith(slug);
        Book book = book(shelf, slug);
        Chapter chapter = book.chapter(chapterSlug)
                .orElseThrow(() -> ProblemException.notFound("The book has no chapter of this name."));
        return cached(request, tag(shelf, slug), () -> ChapterPage.of(book, chapter));
    }

    @PUT
    @Path("{book}")
    @BooksWrite
    @BodyLimit(value = LARGEST_ARCHIVE, seconds = SLOWEST_ARCHIVE)
    @Consumes(ZIP)
    @Operation(
            operationId = "importBook",
            summary = "Import or replace a book from a zip archive of Markdown",
            security = @SecurityRequirement(name = "apiKey"))
    @ApiResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = Imported.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Imported.class)))
    @ApiResponse(responseCode = "401", description = "The caller is unknown")
    @ApiResponse(responseCode = "403", description = "The caller may not do this")
    @ApiResponse(responseCode = "422", description = "It cannot be done: the type says why")
    @ApiResponse(responseCode = "503", description = "The database cannot serve this now: the type says why")
    public Response put(
            @PathParam("book") @Parameter(schema = @Schema(pattern = BookSlug.FORM)) String slug,
            @QueryParam("title") @Parameter(schema = @Schema(maxLength = Edition.LONGEST_TITLE)) @Nullable String title,
            @QueryParam("base_url") @Nullable String baseUrl,
            @RequestBody(content = @Content(mediaType = ZIP, schema = @Schema(types = "string", format = "binary")))
                    InputStream archive)
            throws IOException {
        Edition edition = edition(slug, title, baseUrl);
        java.nio.file.Path file = Files.createTempFile("lectern-import-", ".zip");
        try {
            Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
            Imported imported = importer.importBook(edition, new ZipSource(file, "the archive"), ImportProgress.NONE);
            return imported.created()
                    ? Response.created(URI.create("/api/v1/books/" + slug))
                            .entity(imported)
                            .build()
                    : Response.ok(imported).build();
        } catch (FlawException e) {
            throw ProblemException.unprocessable(
                    e.flaw().slug(), "The book cannot be imported", e.flaw().detail());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Edition edition(String slug, @Nullable String title, @Nullable String baseUrl) {
        if (!BookSlug.isValid(slug)) {
            throw ProblemException.invalid("book", "is " + BookSlug.RULE);
        }
        try {
            return Edition.of(slug, title, baseUrl);
        } catch (IllegalArgumentException e) {
            boolean aboutTitle = title != null && !Edition.isTitle(title);
            throw aboutTitle
                    ? ProblemException.invalid("title", Edition.TITLE_RULE)
                    : ProblemException.invalid("base_url", Edition.BASE_URL_RULE);
        }
    }

    /// The books of one moment, after a look for a book that was not known.
    private Shelf shelfWith(String slug) {
        return library.knows(slug) ? library.shelf() : Shelf.empty();
    }

    private static Book book(Shelf shelf, String slug) {
        return Optional.ofNullable(shelf.books().get(slug))
                .orElseThrow(() -> ProblemException.notFound("There is no book of this name."));
    }

    /// Versions recur in other databases and after one was put back; editions do not.
    private static EntityTag tag(Shelf shelf, String slug) {
        return new EntityTag(String.valueOf(shelf.editions().get(slug)));
    }

    /// Answers 304 where the client has this version. Clients keep copies, but ask each time whether they are good.
    private static Response cached(Request request, EntityTag tag, Supplier<Object> body) {
        CacheControl askAgain = new CacheControl();
        askAgain.setNoCache(true);
        askAgain.setNoTransform(false);
        Response.ResponseBuilder unchanged = unchanged(request, tag);
        return (unchanged == null ? Response.ok(body.get()) : unchanged)
                .tag(tag)
                .cacheControl(askAgain)
                .build();
    }

    /// A condition that cannot be read is none.
    private static Response.@Nullable ResponseBuilder unchanged(Request request, EntityTag tag) {
        try {
            return request.evaluatePreconditions(tag);
        } catch (ProcessingException e) {
            return null;
        }
    }

    private static BookList page(Collection<Book> books, String after, int limit) {
        List<BookList.ListedBook> items = books.stream()
                .filter(book -> book.slug().compareTo(after) > 0)
                .limit(limit + 1L)
                .map(BookList.ListedBook::of)
                .toList();
        return BookList.of(Page.of(items, limit, BookList.ListedBook::slug));
    }
}
