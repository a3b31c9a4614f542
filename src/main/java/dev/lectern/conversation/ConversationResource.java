package dev.lectern.conversation;

import dev.lectern.access.Caller;
import dev.lectern.paging.Page;
import dev.lectern.paging.PageRequest;
import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A reader's conversations.
@Path("/api/v1/conversations")
@Tag(name = "conversations")
@ApiResponse(responseCode = "401", description = "The caller is unknown")
@ApiResponse(responseCode = "503", description = "The database cannot serve this now: the type says why")
public final class ConversationResource {

    private final ConversationDao conversations;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final Predicate<String> bookExists;

    ConversationResource(
            ConversationDao conversations, Supplier<UUID> ids, InstantSource clock, Predicate<String> bookExists) {
        this.conversations = conversations;
        this.ids = ids;
        this.clock = clock;
        this.bookExists = bookExists;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createConversation", summary = "Make a conversation")
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Conversation.class)))
    @ApiResponse(responseCode = "422", description = "The key was used for another request")
    public Response create(
            @Parameter(hidden = true) @Auth Caller caller,
            @HeaderParam(IdempotencyKey.HEADER)
                    @Parameter(description = IdempotencyKey.RULE, schema = @Schema(pattern = IdempotencyKey.FORM))
                    @Nullable
                    String key,
            @Nullable ConversationRequest body) {
        ConversationRequest request = Input.body(body).validated(bookExists);
        Instant now = now();
        ConversationDao.Created created = conversations.insert(
                caller.reader(),
                new Conversation(ids.get(), request.book(), request.title(), now, now),
                IdempotencyKey.parse(key));
        if (!created.asAsked()) {
            throw IdempotencyKey.reused();
        }
        Conversation conversation = created.conversation();
        return Response.created(URI.create("/api/v1/conversations/" + conversation.id()))
                .entity(conversation)
                .build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listConversations", summary = "List the caller's conversations, newest first")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    public Page<Conversation> list(
            @Parameter(hidden = true) @Auth Caller caller,
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
            @QueryParam("cursor") @Nullable String cursor) {
        return conversations.list(caller.reader(), PageRequest.of(limit, cursor, Input::uuid));
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "readConversation", summary = "Read a conversation")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Conversation get(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
        return conversations.get(caller.reader(), conversation(id)).orElseThrow(ConversationResource::noConversation);
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "renameConversation", summary = "Rename a conversation")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Conversation rename(
            @Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id, @Nullable TitleRequest body) {
        String title = Input.body(body).validated();
        return conversations
                .rename(caller.reader(), conversation(id), title, now())
                .orElseThrow(ConversationResource::noConversation);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteConversation", summary = "Delete a conversation with its messages")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Response delete(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
        if (!conversations.delete(caller.reader(), conversation(id))) {
            throw noConversation();
        }
        return Response.noContent().build();
    }

    static UUID conversation(String id) {
        return Input.id(id, "there is no such conversation");
    }

    static ProblemException noConversation() {
        return ProblemException.notFound("there is no such conversation");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
