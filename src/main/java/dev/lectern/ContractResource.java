package dev.lectern;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The contract of the REST API, as `docs/openapi.yaml` has it.
@Path("/api/v1/openapi.yaml")
public final class ContractResource {

    private static final String FILE = "/openapi.yaml";

    @GET
    @Produces("application/yaml")
    @Operation(operationId = "readContract", summary = "Read this contract")
    @ApiResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(mediaType = "application/yaml", schema = @Schema(types = "string")))
    public String contract() throws IOException {
        try (InputStream file = ContractResource.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException(FILE + " is missing from the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
