package dev.lectern.problem;

import static dev.lectern.problem.ProblemServer.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of a request of which something cannot be read.
class UnreadableRequestTest {

    private static final AtomicInteger ASKED = new AtomicInteger();

    @RegisterExtension
    static final ProblemServer SERVER = new ProblemServer(environment -> {
        environment.jersey().register(new Echo());
        environment.servlets().addServlet("plain", new Plain()).addMapping("/plain/*");
    });

    @Path("/echo")
    public static final class Echo {

        @GET
        public String query(@QueryParam("q") @Nullable String q) {
            ASKED.incrementAndGet();
            return String.valueOf(q);
        }

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        public String echo(String text) {
            return text;
        }
    }

    static final class Plain extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ASKED.incrementAndGet();
            response.getWriter().print(request.getParameter("q"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/echo?q=%zz, q, two hexadecimal digits",
        "/echo?q=%, q, two hexadecimal digits",
        "/echo?limit=1&q=%ff, q, is not UTF-8",
        "/echo?q=\u00ff, q, is not UTF-8",
        "/echo?q=%00, q, NUL",
        "/echo?other=%00&q=a, other, NUL",
        "/echo?q=a&other=1&q=b, q, more than once",
        "/echo?q=a&%71=a, q, more than once",
        "/plain?q=%00, q, NUL",
        "/plain?q=%zz, q, two hexadecimal digits",
        "/echo/%ff, path, segment 2 is not UTF-8",
        "/echo/%zz, path, percent-encoded",
        "/echo/%?q=%zz, path, percent-encoded",
        "/echo/%00?q=a, path, NUL",
        "/plain/%00, path, NUL"
    })
    void what_is_no_text_in_path_or_query_is_refused_by_name_before_anything_is_done(
            String target, String pointer, String detail) throws IOException {
        int before = ASKED.get();

        Reply reply = RawHttp.exchange(SERVER.port(), "GET " + target + HOST + "\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(reply.json().at("/type").asText()).isEqualTo("urn:lectern:problem:invalid-request");
        assertThat(reply.json().at("/errors")).hasSize(1);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(reply.json().at("/errors/0/detail").asText()).contains(detail);
        assertThat(reply.json().at("/instance").asText()).isNotBlank().isEqualTo(reply.header("X-Request-Id"));
        assertThat(ASKED).hasValue(before);
    }

    @ParameterizedTest
    @CsvSource({
        "/echo?q=a%20b+c, a b c",
        "/echo?q=%C3%BC, \u00fc",
        "/echo?q=\u00c3\u00bc, \u00fc",
        "/echo?q=%EF%BF%BD, \uFFFD",
        "/plain?q=%25, %"
    })
    void text_is_read_as_it_was_sent(String target, String text) throws IOException {
        Reply reply = RawHttp.exchange(SERVER.port(), "GET " + target + HOST + "\r\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Content-Type, `*/*;q=2`, 415",
                "Content-Type, `application/json;q=2`, 415",
                "Content-Type, `application/json;q=much`, 415",
                "Content-Type, */*, 415",
                "Content-Type, application/*, 415",
                "Content-Type, application, 415",
                "Content-Type, `application/json, text/plain`, 415",
                "Content-Type, `application/json\r\nContent-Type: text/plain`, 415",
                "Content-Type, ``, 415",
                "Content-Type, `application/json; charset=nope`, 415",
                "Content-Type, `application/json; charset=%`, 415",
                "Accept, `*/*;q=2`, 400",
                "Accept, `*/*;q=-1`, 400",
                "Accept, `text/plain;q=0.12345`, 400",
                "Accept, `text/plain\r\nAccept: /`, 400"
            })
    void a_media_type_that_cannot_be_read_is_refused_by_the_name_of_its_header(String header, String value, int status)
            throws IOException {
        Reply reply = RawHttp.exchange(
                SERVER.port(), "POST /echo" + HOST + header + ": " + value + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo(header);
        assertThat(reply.json().at("/errors/0/detail").asText()).contains("media type");
        assertThat(reply.json().at("/instance").asText()).isEqualTo(reply.header("X-Request-Id"));
    }

    @ParameterizedTest
    @CsvSource({"br, 415", "'gzip, br', 415", "gzip, 400", "identity, 200", "'', 200"})
    void a_body_in_an_encoding_that_is_not_known_or_not_its_own_is_refused(String encoding, int status)
            throws IOException {
        Reply reply = RawHttp.exchange(
                SERVER.port(),
                "POST /echo" + HOST + "Content-Encoding: " + encoding
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(reply.status()).isEqualTo(status);
        if (status != 200) {
            assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("Content-Encoding");
            assertThat(reply.json().at("/errors/0/detail").asText())
                    .contains(status == 415 ? "gzip" : "is not how the body is encoded");
        }
    }
}
