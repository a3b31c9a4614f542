package dev.lectern.problem;

import static dev.lectern.problem.ProblemServer.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client is told that cannot be given what it accepts, or whose body is of a type that is not taken.
class OfferedTypesTest {

    @RegisterExtension
    static final ProblemServer SERVER =
            new ProblemServer(environment -> environment.jersey().register(new Pages()));

    @Path("/pages")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Pages {

        @GET
        @Path("/{name}")
        public String json() {
            return "{}";
        }

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        public String whole(String body) {
            return body;
        }

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
        public String stream(String body) {
            return body;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | 406",
                "application/json;q=0 | 406",
                "application/json;q=0.000, text/html | 406",
                "*/*;q=0 | 406",
                "application/*;q=0, */* | 406",
                "application/json, */*;q=0 | 200",
                "text/html;q=0, */*;q=0.1 | 200",
                "application/json;q=0.001 | 200"
            })
    void a_form_is_given_only_where_it_is_accepted(String accept, int status) throws IOException {
        Reply reply = exchange("GET /pages/one", "Accept: " + accept + "\r\n");

        assertThat(reply.status()).isEqualTo(status);
        if (status == 406) {
            assertThat(reply.json().at("/detail").asText()).endsWith("It can be had as application/json.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Accept, image/png, 406, It can be had as application/json or text/event-stream.",
        "Content-Type, text/plain, 415, It takes application/json."
    })
    void the_types_that_there_are_are_named(String header, String value, int status, String words) throws IOException {
        String type = header.equals("Accept") ? "Content-Type: application/json\r\n" : "";
        Reply reply = exchange("POST /pages", type + header + ": " + value + "\r\nContent-Length: 2\r\n");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().at("/detail").asText()).endsWith(words);
    }

    private static Reply exchange(String request, String headers) throws IOException {
        String body = request.startsWith("POST") ? "{}" : "";
        return RawHttp.exchange(SERVER.port(), request + HOST + headers + "\r\n" + body);
    }
}
