package dev.lectern.answer;

import dev.lectern.access.Caller;
import dev.lectern.problem.ProblemException;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "ask", summary = "Ask a question")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400")
    @ApiResponse(responseCode = "401")
    @ApiResponse(responseCode = "404")
    @ApiResponse(responseCode = "406")
    @ApiResponse(responseCode = "409")
    @ApiResponse(responseCode = "413")
    @ApiResponse(responseCode = "415")
    @ApiResponse(responseCode = "422")
    @ApiResponse(responseCode = "503")
    public AnswerReply ask(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam(IdempotencyKeys.HEADER) @Nullable String key,
            @Nullable AskRequest request) {
        Asked asked = answers.ask(
                AskRequest.question(request, caller.reader(), conversation(id), IdempotencyKeys.parse(key), ids));
        return switch (asked) {
            case Asked.Fresh(OpenQuestion open) -> answers.write(open, Audience.PATIENT);
            case Asked.Stored stored -> AnswerReply.saved(stored.answer(), null);
            case Asked.NoConversation _ -> throw noConversation();
        };
    }

    @POST
    @Path("/{message}/stop")
    @Operation(operationId = "stopAnswer", summary = "End an answer that is being written")
    @ApiResponse(responseCode = "202")
    @ApiResponse(responseCode = "401")
    @ApiResponse(responseCode = "404")
    public Response stop(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") String id,
            @PathParam("message") String message) {
        answers.stop(caller.reader(), conversation(id), id(message, "there is no such message"));
        return Response.accepted().build();
    }

    static UUID conversation(String id) {
        return id(id, "there is no such conversation");
    }

    static ProblemException noConversation() {
        return ProblemException.notFound("there is no such conversation");
    }

    /// Whatever is no UUID is the id of nothing.
    private static UUID id(String text, String absence) {
        return UuidText.parse(text).orElseThrow(() -> ProblemException.notFound(absence));
    }
}
