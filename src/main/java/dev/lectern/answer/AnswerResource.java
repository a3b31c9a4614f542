package dev.lectern.answer;

import dev.lectern.access.Caller;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.limits.CountedQuestion;
import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks a question and waits for the answer; and ends an answer, however it is waited for.
@Path("/api/v1/conversations/{id}/messages")
@Tag(name = "answers")
public final class AnswerResource {

    private final AnswerService answers;
    private final Supplier<UUID> ids;

    AnswerResource(AnswerService answers, Supplier<UUID> ids) {
        this.answers = answers;
        this.ids = ids;
    }

    @POST
    @CountedQuestion
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "ask",
            summary = "Ask a question",
            parameters =
                    @Parameter(
                            name = EventId.HEADER,
                            in = ParameterIn.HEADER,
                            description = "For a stream: the id of the last event that was seen of an answer"))
    @ApiResponse(
            responseCode = "200",
            description =
                    "The answer whole; or, where `Accept` prefers it, a stream: start, delta …, citations, done or error",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = AnswerReply.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(types = "string"))
            })
    @ApiResponse(responseCode = "401", description = "The caller is unknown")
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    @ApiResponse(responseCode = "409", description = "A request with this `Idempotency-Key` is still running")
    @ApiResponse(responseCode = "422", description = "It cannot be done: the type says why")
    @ApiResponse(responseCode = "503", description = "It cannot be answered now: the type says why")
    public AnswerReply ask(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam(IdempotencyKey.HEADER)
                    @Parameter(description = IdempotencyKey.RULE, schema = @Schema(pattern = IdempotencyKey.FORM))
                    @Nullable
                    String key,
            @Nullable AskRequest request) {
        Asked asked = answers.ask(
                AskRequest.question(request, caller.reader(), conversation(id), IdempotencyKey.parse(key), ids));
        return switch (asked) {
            case Asked.Fresh(OpenQuestion open) -> answers.write(open, Audience.PATIENT);
            case Asked.Stored stored -> AnswerReply.saved(stored.answer(), null);
            case Asked.NoConversation _ -> throw noConversation();
        };
    }

    @POST
    @Path("/{message}/stop")
    @Operation(operationId = "stopAnswer", summary = "End an answer that is being written")
    @ApiResponse(responseCode = "202", description = "Accepted")
    @ApiResponse(responseCode = "401", description = "The caller is unknown")
    @ApiResponse(responseCode = "404", description = "There is no such resource, or it is another's")
    public Response stop(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") String id,
            @PathParam("message") String message) {
        answers.stop(caller.reader(), conversation(id), Input.id(message, "there is no such message"));
        return Response.accepted().build();
    }

    static UUID conversation(String id) {
        return Input.id(id, "there is no such conversation");
    }

    static ProblemException noConversation() {
        return ProblemException.notFound("there is no such conversation");
    }
}
