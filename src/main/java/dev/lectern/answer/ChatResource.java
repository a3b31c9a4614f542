package dev.lectern.answer;

import dev.lectern.access.Caller;
import dev.lectern.access.ReaderId;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.limits.CountedQuestion;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The endpoint of the existing textbook widget.
@Path("/api/v1/chat")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "answers")
public final class ChatResource {

    private final ChatService chats;

    ChatResource(ChatService chats) {
        this.chats = chats;
    }

    @POST
    @CountedQuestion
    @Operation(operationId = "chat", summary = "Ask a question as the textbook widget does")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", description = "There is a token, and it is not valid")
    @ApiResponse(responseCode = "403", description = "The API key does not have the scope `chat`")
    @ApiResponse(responseCode = "409", description = "A request with this `Idempotency-Key` is still running")
    @ApiResponse(responseCode = "422", description = "It cannot be done: the type says why")
    @ApiResponse(responseCode = "503", description = "It cannot be answered now: the type says why")
    public ChatReply chat(
            @Parameter(hidden = true) @Auth Optional<Caller> caller,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(IdempotencyKey.HEADER)
                    @Parameter(
                            description = IdempotencyKey.RULE
                                    + "; a UUID where neither a token nor a `session_id` tells who asks",
                            schema = @Schema(pattern = IdempotencyKey.FORM))
                    @Nullable
                    String key,
            @Nullable ChatRequest request) {
        ReaderId reader =
                Caller.orNobody(caller, authorization).map(Caller::reader).orElse(null);
        return chats.chat(reader, request, IdempotencyKey.parse(key));
    }
}
