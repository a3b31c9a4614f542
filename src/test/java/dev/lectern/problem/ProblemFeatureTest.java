package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DropwizardExtensionsSupport.class)
class ProblemFeatureTest {

    private static final ObjectMapper JSON =
            Jackson.newObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final ResourceExtension resources = ResourceExtension.builder()
            .setMapper(JSON)
            .setRegisterDefaultExceptionMappers(false)
            .addProvider(new ProblemFeature())
            .addResource(new Echo())
            .build();

    record Body(String text, int number, List<Integer> list) {}

    @Path("/echo")
    @Produces(MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_JSON)
    public static class Echo {

        @POST
        public Body echo(Body body) {
            return body;
        }

        @POST
        @Path("/small")
        @BodyLimit(10)
        public Body small(Body body) {
            return body;
        }

        @POST
        @Path("/unavailable")
        public Body unavailable() {
            throw new UnavailableException("database-waking", "It wakes.", Duration.ofMillis(1500));
        }

        @POST
        @Path("/unauthorized")
        public Body unauthorized() {
            throw ProblemException.unauthorized("Who is there?");
        }

        @POST
        @Path("/broken")
        public Body broken() {
            throw new IllegalStateException("the password is hunter2");
        }
    }

    @Test
    void an_unknown_field_is_named() throws IOException {
        JsonNode problem = problem(post("/echo", "{\"text\": \"a\", \"colour\": 1}"), 400);

        assertThat(problem.at("/type").asText()).isEqualTo("urn:lectern:problem:invalid-request");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/colour");
        assertThat(problem.at("/errors/0/detail").asText()).isEqualTo("is not a known field");
    }

    @Test
    void a_field_of_the_wrong_type_is_named() throws IOException {
        JsonNode problem = problem(post("/echo", "{\"list\": [1, \"two\"]}"), 400);

        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/list/1");
    }

    @Test
    void what_is_no_json_is_a_problem_with_its_place() throws IOException {
        JsonNode problem = problem(post("/echo", "{\"text\": "), 400);

        assertThat(problem.at("/errors/0/detail").asText()).contains("line 1");
    }

    @Test
    void no_path_no_method_and_no_media_type_are_problems() throws IOException {
        assertThat(problem(post("/nowhere", "{}"), 404).at("/type").asText())
                .isEqualTo("urn:lectern:problem:not-found");
        Response wrongMethod = resources.target("/echo").request().get();
        assertThat(wrongMethod.getHeaderString("Allow")).contains("POST");
        assertThat(problem(wrongMethod, 405).at("/type").asText()).isEqualTo("urn:lectern:problem:method-not-allowed");
        assertThat(problem(resources.target("/echo").request().post(Entity.text("hello")), 415)
                        .at("/type")
                        .asText())
                .isEqualTo("urn:lectern:problem:unsupported-media-type");
        assertThat(problem(resources.target("/echo").request("image/png").post(Entity.json("{}")), 406)
                        .at("/type")
                        .asText())
                .isEqualTo("urn:lectern:problem:not-acceptable");
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_its_length_is_announced_or_not() throws IOException {
        String large = "{\"text\": \"" + "x".repeat(20) + "\"}";

        assertThat(problem(post("/echo/small", large), 413).at("/detail").asText())
                .contains("10 bytes");
        assertThat(post("/echo", large).getStatus()).isEqualTo(200);
        assertThat(post("/echo", "{\"text\": \"" + "x".repeat(1 << 20) + "\"}").getStatus())
                .isEqualTo(413);
    }

    @Test
    void a_refusal_says_when_to_come_back_in_whole_seconds_at_least_the_wait() throws IOException {
        Response response = post("/echo/unavailable", "{}");

        assertThat(Long.parseLong(response.getHeaderString("Retry-After"))).isBetween(2L, 3L);
        assertThat(problem(response, 503).at("/type").asText()).isEqualTo("urn:lectern:problem:database-waking");
    }

    @Test
    void an_unknown_caller_is_told_how_to_authenticate() {
        assertThat(post("/echo/unauthorized", "{}").getHeaderString("WWW-Authenticate"))
                .startsWith("Bearer");
    }

    @Test
    void a_fault_inside_says_nothing_of_the_inside() throws IOException {
        JsonNode problem = problem(post("/echo/broken", "{}"), 500);

        assertThat(problem.toString()).doesNotContain("hunter2").doesNotContain("Exception");
    }

    private Response post(String path, String json) {
        return resources.target(path).request().post(Entity.json(json));
    }

    private static JsonNode problem(Response response, int status) throws IOException {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType()).hasToString(Problem.MEDIA_TYPE);
        JsonNode problem = JSON.readTree(response.readEntity(String.class));
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        return problem;
    }
}
