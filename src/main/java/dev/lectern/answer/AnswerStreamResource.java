package dev.lectern.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.Caller;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Question;
import dev.lectern.limits.CountedQuestion;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.RequestId;
import dev.lectern.problem.UncaughtExceptionMapper;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a question and streams the answer, on the request's thread.
@Path("/api/v1/conversations/{id}/messages")
@Tag(name = "answers")
public final class AnswerStreamResource {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerStreamResource.class);

    private final AnswerService answers;
    private final Supplier<UUID> ids;
    private final ObjectMapper json;

    AnswerStreamResource(AnswerService answers, Supplier<UUID> ids, ObjectMapper json) {
        this.answers = answers;
        this.ids = ids;
        this.json = json;
    }

    /// JSON is what a client gets that accepts both alike.
    @POST
    @CountedQuestion
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true) // the contract has it as the other form of AnswerResource.ask
    public Response ask(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(EventId.HEADER) @Nullable String lastEvent,
            @Parameter(hidden = true) @Context ContainerRequestContext request,
            @Nullable AskRequest body) {
        Question question = AskRequest.question(
                body, caller.reader(), AnswerResource.conversation(id), IdempotencyKey.parse(key), ids);
        EventId seen = EventId.parse(lastEvent);
        Optional<Answer> ended = seen == null
                ? Optional.empty()
                : answers.ended(question.reader(), question.conversation(), seen.answer());
        Asked asked = ended.<Asked>map(Asked.Stored::new).orElseGet(() -> answers.ask(question));
        Telling telling = switch (asked) {
            case Asked.Fresh(OpenQuestion open) -> stream -> stream.finished(answers.write(open, stream));
            case Asked.Stored(Answer answer) ->
                stream -> stream.replay(answer, seen != null && ended.isPresent() ? seen.offset() : 0);
            case Asked.NoConversation _ -> throw AnswerResource.noConversation();
        };
        return Response.ok(new Body(telling, json, (String) request.getProperty(RequestId.HEADER)))
                .type(MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // Tells nginx, and what behaves like it, to pass each event on at once.
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private interface Telling {
        void to(StreamedAnswer stream) throws IOException;
    }

    private record Body(
            Telling telling, ObjectMapper json, @Nullable String requestId) implements StreamingOutput {

        @Override
        public void write(OutputStream out) {
            StreamedAnswer stream = new StreamedAnswer(new EventStream(out, json));
            try {
                tell(stream);
            } catch (IOException e) {
                LOG.debug("The reader has gone", e);
            }
        }

        private void tell(StreamedAnswer stream) throws IOException {
            try {
                telling.to(stream);
            } catch (ProblemException e) {
                stream.failed(identified(e.problem()));
            } catch (RuntimeException e) {
                LOG.error("A stream failed for a reason that no code foresaw", e);
                stream.failed(identified(UncaughtExceptionMapper.INTERNAL));
            }
        }

        private Problem identified(Problem problem) {
            return requestId == null ? problem : problem.of(requestId);
        }
    }

    /// Lets each event out at once. Jersey holds back the first 8 KiB of a body, flushed or not, to learn its
    /// length; a stream has none. It does so for all responses alike, from the moment when the filters are through:
    /// so the stream itself, as it begins, has it turned off.
    static final class Unbuffered implements ContainerResponseFilter {

        private final Configuration unbuffered =
                new ResourceConfig().property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (response.getEntity() instanceof Body body && response instanceof ContainerResponse buffering) {
                response.setEntity((StreamingOutput) out -> {
                    buffering.enableBuffering(unbuffered);
                    body.write(out);
                });
            }
        }
    }
}
