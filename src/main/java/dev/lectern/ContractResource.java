package dev.lectern;

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
    public String contract() throws IOException {
        try (InputStream file = ContractResource.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException(FILE + " is missing from the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
