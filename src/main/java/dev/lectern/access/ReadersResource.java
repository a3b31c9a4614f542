package dev.lectern.access;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/// Makes anonymous readers.
@Path("/api/v1/readers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "readers")
public final class ReadersResource {

    private final ReaderTokens tokens;
    private final Supplier<UUID> ids;
    private final boolean anonymous;

    /// @param anonymous whether there are anonymous readers
    ReadersResource(ReaderTokens tokens, Supplier<UUID> ids, boolean anonymous) {
        this.tokens = tokens;
        this.ids = ids;
        this.anonymous = anonymous;
    }

    /// A new reader, and the bearer token that proves it.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Reader(UUID readerId, String token, Instant expiresAt) {}

    @POST
    @NewReader
    @Operation(operationId = "createReader", summary = "Become an anonymous reader")
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Reader.class)))
    @ApiResponse(responseCode = "403", description = "This server has no anonymous readers")
    public Response create() {
        if (!anonymous) {
            throw ProblemException.forbidden(
                    "This server has no anonymous readers; it knows its readers from an identity provider.");
        }
        ReaderId reader = new ReaderId(ids.get());
        ReaderTokens.Issued issued = tokens.issue(reader);
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.status(Response.Status.CREATED)
                .entity(new Reader(reader.value(), issued.token(), issued.expiresAt()))
                .cacheControl(never)
                .build();
    }
}
