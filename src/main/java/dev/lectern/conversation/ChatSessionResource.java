package dev.lectern.conversation;

import dev.lectern.access.Caller;
import dev.lectern.access.ReaderId;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The conversation behind a session of the textbook widget. As in asking, without a token whoever knows the session's
/// id is its reader.
@Path("/api/v1/chat/{session}")
@Tag(name = "answers")
@ApiResponse(responseCode = "401", description = "There is a token, and it is not valid")
@ApiResponse(responseCode = "503", description = "The database cannot serve this now: the type says why")
public final class ChatSessionResource {

    private final ConversationDao conversations;

    ChatSessionResource(ConversationDao conversations) {
        this.conversations = conversations;
    }

    @DELETE
    @Operation(operationId = "deleteChat", summary = "Delete a session of the textbook widget with its messages")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "403", description = "The API key does not have the scope `chat`")
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Response delete(
            @Parameter(hidden = true) @Auth Optional<Caller> caller,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @PathParam("session") String id) {
        Optional<Caller> known = Caller.orNobody(caller, authorization);
        UUID session = ConversationResource.conversation(id);
        ReaderId owner = known.map(Caller::reader).orElseGet(() -> new ReaderId(session));
        if (!conversations.delete(owner, session)) {
            throw ConversationResource.noConversation();
        }
        return Response.noContent().build();
    }
}
