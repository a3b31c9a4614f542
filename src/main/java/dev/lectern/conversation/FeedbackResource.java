package dev.lectern.conversation;

import dev.lectern.access.Caller;
import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What readers think of answers.
@Path("/api/v1/messages/{id}/feedback")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "conversations")
@ApiResponse(responseCode = "401", description = "The caller is unknown")
@ApiResponse(responseCode = "503", description = "The database cannot serve this now: the type says why")
public final class FeedbackResource {

    private static final String NO_ANSWER = "there is no such answer";

    private final ConversationDao conversations;

    FeedbackResource(ConversationDao conversations) {
        this.conversations = conversations;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "giveFeedback",
            summary = "Say what one thinks of an answer, in place of what one said before")
    @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Feedback put(
            @Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id, @Nullable Feedback body) {
        Feedback feedback = Input.body(body).validated();
        UUID answer = Input.id(id, NO_ANSWER);
        return conversations
                .giveFeedback(caller.reader(), answer, feedback)
                .orElseThrow(() -> ProblemException.notFound(NO_ANSWER));
    }
}
