package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(DropwizardExtensionsSupport.class)
class ProblemFeatureTest {

    private static final ObjectMapper JSON = json();

    private final ResourceExtension resources = ResourceExtension.builder()
            .setMapper(JSON)
            .setRegisterDefaultExceptionMappers(false)
            .addProvider(new ProblemFeature())
            .addResource(new Echo())
            .build();

    record Body(String text, int number, List<Integer> list, Map<String, Body> more, JsonNode any) {}

    @Path("/echo")
    @Produces(MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_JSON)
    public static class Echo {

        @POST
        public Body echo(Body body) {
            return Input.body(body);
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
            throw new UnavailableException("database-waking", "It wakes.", Duration.ofMillis(1500), null);
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

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"text": 1}                                 | /text             | must be a string
            {"text": {"a": 1}}                          | /text             | must be a string
            {"number": "many"}                          | /number           | must be a whole number
            {"number": [1]}                             | /number           | must be a whole number
            {"number": 12345678901}                     | /number           | must be a whole number that is not too large
            {"list": "one"}                             | /list             | must be an array
            {"list": [1, {}]}                           | /list/1           | must be a whole number
            {"more": {"a": {"text": false}}}            | /more/a/text      | must be a string
            {"more": 1}                                 | /more             | must be an object
            [1]                                         | ``                | must be an object
            "text"                                      | ``                | must be an object
            {"text": "a", "text": "b"}                  | /text             | is there more than once
            {"more": {"a": {"text": "", "text": ""}}}   | /more/a/text      | is there more than once
            {"more": {"a/b~c": {"text": 1}}}            | /more/a~1b~0c/text | must be a string
            {"a/b~c": 1}                                | /a~1b~0c          | is not a known field
            {"more": {"a~b": {}, "a~b": {}}}            | /more/a~0b        | is there more than once
            {"any": [[[[[[[[]]]]]]]]}                   | /any              | is nested too deeply
            {"text": "a"} {"text": "b"}                 | ``                | must be one JSON document with nothing behind it
            {"text": "a"}]                              | ``                | is not JSON (line 1, column 14)
            {"text": tru}                               | /text             | is not JSON (line 1, column 10)
            """)
    void a_body_that_is_not_as_the_contract_says_is_told_where_and_why(String body, String pointer, String detail)
            throws IOException {
        JsonNode problem = problem(post("/echo", body), 400);

        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asText()).isEqualTo(detail);
        assertThat(problem.toString()).doesNotContainIgnoringCase("jackson", "java", "token");
    }

    @ParameterizedTest
    @CsvSource({
        "[1], The body must be an object",
        "{}{}, The body must be one JSON document with nothing behind it",
        "'', The body must be a JSON object"
    })
    void what_is_wrong_with_the_whole_body_is_a_sentence(String body, String detail) throws IOException {
        assertThat(problem(post("/echo", body), 400).at("/detail").asText()).isEqualTo(detail);
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

    /// As strict as the application's.
    private static ObjectMapper json() {
        ObjectMapper json = Jackson.newObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        json.coercionConfigFor(LogicalType.Textual).setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        json.coercionConfigFor(LogicalType.Textual).setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        json.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(8).build());
        return json;
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
