package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestKeyStore;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both ports with a keystore that `keytool` makes.
class EncryptionIT {

    private static final String PASSWORD = TestKeyStore.PASSWORD;

    @TempDir
    private Path folder;

    private TestKeyStore keys;

    @BeforeEach
    void makeKeyStore() throws Exception {
        keys = TestKeyStore.in(folder);
    }

    @Test
    void both_ports_speak_TLS_and_nothing_else_and_the_ready_line_says_so() throws Exception {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (LecternServer lectern = start(keys.path(), PASSWORD);
                HttpClient http =
                        HttpClient.newBuilder().sslContext(keys.trusting()).build()) {
            int readers = lectern.url().getPort();
            int operators = lectern.adminUrl().getPort();
            for (String url : new String[] {
                "https://localhost:" + readers + "/api/v1/books",
                "https://127.0.0.1:" + readers + "/health-check",
                "https://127.0.0.1:" + operators + "/metrics"
            }) {
                HttpResponse<String> reply = http.send(
                        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(reply.statusCode()).isEqualTo(200);
                assertThat(reply.headers().firstValue("Strict-Transport-Security"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("max-age="));
            }
            HttpResponse<String> shown = http.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + operators + "/api/config"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(shown.body()).contains("tls.keyStorePassword").doesNotContain(PASSWORD);
            assertThatThrownBy(() -> RawHttp.exchange(readers, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .isInstanceOfAny(EOFException.class, SocketException.class);
        } finally {
            System.setOut(terminal);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("Lectern ready: https://127\\.0\\.0\\.1:\\d+ admin https://127\\.0\\.0\\.1:\\d+")
                .doesNotContain(PASSWORD);
    }

    @Test
    void without_a_keystore_nothing_changes() {
        try (LecternServer lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
                OperatorClient operator = new OperatorClient(lectern)) {
            assertThat(operator.get("/health-check").status()).isEqualTo(200);
        }
    }

    @Test
    void a_keystore_that_cannot_be_used_stops_the_start_by_the_name_of_its_variable() throws Exception {
        refused(folder.resolve("none.p12"), PASSWORD, "there is no file");
        refused(keys.path(), "hunter3hunter3", "LECTERN_TLS_KEYSTORE_PASSWORD");
        refused(Files.writeString(folder.resolve("text"), "no keystore"), PASSWORD, "is no keystore");
    }

    private static void refused(Path keyStore, String password, String words) {
        assertThatThrownBy(() -> start(keyStore, password).close())
                .rootCause()
                .hasMessageContaining("LECTERN_TLS_KEYSTORE")
                .hasMessageContaining(words)
                .hasMessageNotContaining("hunter");
    }

    private static LecternServer start(Path keyStore, String password) {
        return LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                Map.of("tls.keyStore", keyStore.toString(), "tls.keyStorePassword", password));
    }
}
