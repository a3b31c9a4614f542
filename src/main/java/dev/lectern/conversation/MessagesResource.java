package dev.lectern.conversation;

import dev.lectern.access.Caller;
import dev.lectern.paging.Page;
import dev.lectern.paging.PageRequest;
import dev.lectern.problem.Input;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The messages of a conversation. Has a path of its own because it shares it with the resource that asks questions,
/// and Jersey looks for a method only among the classes whose path fits best.
@Path("/api/v1/conversations/{id}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "conversations")
@ApiResponse(responseCode = "401", description = "The caller is unknown")
@ApiResponse(responseCode = "503", description = "The database cannot serve this now: the type says why")
public final class MessagesResource {

    private final ConversationDao conversations;

    MessagesResource(ConversationDao conversations) {
        this.conversations = conversations;
    }

    @GET
    @Operation(operationId = "listMessages", summary = "List the messages of a conversation, oldest first")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Page<Message> list(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") String id,
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
        PageRequest<UUID> page = PageRequest.of(limit, cursor, Input::uuid);
        return conversations
                .messages(caller.reader(), ConversationResource.conversation(id), page)
                .orElseThrow(ConversationResource::noConversation);
    }
}
