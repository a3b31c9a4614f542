package dev.lectern.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes the contract as `docs/openapi.yaml` has it: what the resources say, what every response has in common, and
/// the examples.
final class ContractWriter {

    private ContractWriter() {}

    /// @param examples by operation and status, and the request's under `request`
    static String yaml(OpenAPI api, Map<String, Map<String, JsonNode>> examples) throws JsonProcessingException {
        api.info(new Info()
                        .title("Lectern")
                        .version("1")
                        .description("Ask a textbook. Errors are problems (RFC 9457); every response carries"
                                + " `X-Request-Id`; refusals that pass carry `Retry-After` in whole seconds."
                                + " Responses under a limit carry `RateLimit` and `RateLimit-Policy`."))
                .servers(List.of(new Server().url("http://127.0.0.1:8080")));
        api.getComponents()
                .addSecuritySchemes("reader", bearer("A reader's or a person's token; or an API key for `chat`"))
                .addSecuritySchemes("apiKey", bearer("The operator's API key; or one with the scope `books:write`"));
        Paths paths = new Paths();
        new TreeMap<>(api.getPaths()).forEach(paths::addPathItem);
        api.setPaths(paths);
        paths.forEach((path, item) -> item.readOperations().forEach(operation -> {
            describe(operation);
            illustrate(operation, examples.getOrDefault(operation.getOperationId(), Map.of()));
        }));
        api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        return Yaml31.pretty().writeValueAsString(api);
    }

    private static SecurityScheme bearer(String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(description);
    }

    private static void describe(Operation operation) {
        if (operation.getResponses().containsKey("401") && operation.getSecurity() == null) {
            operation.addSecurityItem(new SecurityRequirement().addList("reader"));
            refusal(operation.getResponses(), "403", "The API key does not have the scope `chat`");
            refusal(operation.getResponses(), "503", "Nobody can tell now who asks: the type says why");
        }
        common(operation);
        operation.getResponses().forEach((status, response) -> {
            response.addHeaderObject("X-Request-Id", text());
            if (Integer.parseInt(status) >= 400) {
                response.setContent(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new JsonSchema().$ref("#/components/schemas/Problem"))));
            }
            if (status.equals("429")) {
                response.addHeaderObject("RateLimit", text());
                response.addHeaderObject("RateLimit-Policy", text());
            }
            if (status.equals("503") || status.equals("409") || status.equals("429")) {
                response.addHeaderObject("Retry-After", new Header().schema(new JsonSchema().typesItem("integer")));
            }
        });
    }

    private static Header text() {
        return new Header().schema(new JsonSchema().typesItem("string"));
    }

    /// What HTTP itself may refuse of any request, and of one with a body.
    private static void common(Operation operation) {
        ApiResponses responses = operation.getResponses();
        refusal(responses, "429", "More requests than the caller or the address may make");
        refusal(responses, "400", "A field, parameter or header is not valid; `errors` names it where it can be told");
        if (responses.values().stream().anyMatch(response -> response.getContent() != null)) {
            refusal(responses, "406", "No form that `Accept` allows");
        }
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setRequired(true);
            refusal(responses, "413", "The body is too large");
            refusal(responses, "415", "No body of this `Content-Type` or `Content-Encoding` is taken");
        }
        ApiResponses sorted = new ApiResponses();
        new TreeMap<>(responses).forEach(sorted::addApiResponse);
        operation.setResponses(sorted);
    }

    private static void refusal(ApiResponses responses, String status, String description) {
        responses.putIfAbsent(status, new ApiResponse().description(description));
    }

    private static void illustrate(Operation operation, Map<String, JsonNode> examples) {
        examples.forEach((place, example) -> {
            Content content = place.equals("request")
                    ? operation.getRequestBody().getContent()
                    : response(operation, place).getContent();
            content.values().stream().findFirst().orElseThrow().setExample(example);
        });
    }

    private static ApiResponse response(Operation operation, String status) {
        ApiResponse response = operation.getResponses().get(status);
        if (response == null) {
            throw new AssertionError(
                    operation.getOperationId() + " answers " + status + ", which its code does not say");
        }
        return response;
    }
}
