package dev.lectern.conversation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.Caller;
import dev.lectern.access.ReaderId;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that is kept of the reader who asks.
@Path("/api/v1/readers/me")
@Tag(name = "readers")
@ApiResponse(responseCode = "401", description = "The caller is unknown")
@ApiResponse(responseCode = "503", description = "The database cannot serve this now: the type says why")
public final class PersonalDataResource {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalDataResource.class);

    /// How many conversations one statement deletes: each locks what it deletes until its end.
    private static final int DELETED_AT_ONCE = 100;

    /// How many messages are in memory at once: some 16 kB each at most, but for what a model may write.
    static final int EXPORTED_AT_ONCE = 100;

    private final PersonalDataDao personal;
    private final InstantSource clock;
    private final ObjectMapper json;

    PersonalDataResource(PersonalDataDao personal, InstantSource clock, ObjectMapper json) {
        this.personal = personal;
        this.clock = clock;
        this.json = json;
    }

    /// Where the deadline comes first, what was deleted stays so, and the same request goes on from there.
    @DELETE
    @Operation(
            operationId = "deleteReader",
            summary = "Delete the caller's conversations with all that belongs to them; the token stays good")
    @ApiResponse(responseCode = "204", description = "Nothing is left of what there was")
    public Response delete(@Parameter(hidden = true) @Auth Caller caller) {
        int deleted;
        do {
            deleted = personal.delete(caller.reader(), DELETED_AT_ONCE);
        } while (deleted == DELETED_AT_ONCE);
        return Response.noContent().build();
    }

    /// The first page is read before the answer begins, so that a refusal is a problem. When a later one cannot be had,
    /// the document ends in its midst and is no JSON.
    @GET
    @Path("/export")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "exportReader", summary = "Read all that is kept of the caller, as one document")
    @ApiResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = Export.class)))
    public Response export(@Parameter(hidden = true) @Auth Caller caller) {
        ReaderId reader = caller.reader();
        ExportRows rows = new ExportRows(place -> personal.export(reader, place, EXPORTED_AT_ONCE), EXPORTED_AT_ONCE);
        rows.peek();
        Export export =
                new Export(reader.value(), clock.instant().truncatedTo(ChronoUnit.MICROS), rows.conversations());
        return Response.ok((StreamingOutput) out -> write(export, out))
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"lectern-export.json\"")
                .build();
    }

    private void write(Export export, OutputStream out) throws IOException {
        try (JsonGenerator document = json.createGenerator(out)) {
            // A document that is cut short must not be made to look whole.
            document.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            json.writeValue(document, export);
        } catch (JsonProcessingException e) {
            throw e; // a page could not be read
        } catch (IOException e) {
            LOG.debug("The reader has gone", e);
        }
    }
}
