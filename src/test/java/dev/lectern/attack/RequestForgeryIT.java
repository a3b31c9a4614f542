package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Addresses that lead to where only this server gets, in all that authors and readers send
/// ([SSRF](https://owasp.org/www-community/attacks/Server_Side_Request_Forgery)). A service at such an address
/// waits for a caller, and none comes.
class RequestForgeryIT {

    private ServerSocketChannel service;
    private LecternServer lectern;
    private String url;

    @BeforeEach
    void start() throws IOException {
        service = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        service.configureBlocking(false);
        url = "http://127.0.0.1:" + port() + "/latest/meta-data";
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        lectern.close();
        service.close();
    }

    @Test
    void no_address_in_a_book_is_called() throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("mkdocs.yml", """
                site_name: Water
                site_url: URL
                repo_url: URL
                edit_uri: URL
                INHERIT: URL
                extra_css: [URL/a.css]
                extra_javascript: [URL/a.js]
                theme: {name: material, logo: URL/logo.png, custom_dir: URL}
                hooks: [URL/hook.py]
                plugins: [{include-markdown: {path: URL}}, {openapi: {url: URL}}]
                markdown_extensions: [{pymdownx.snippets: {url_download: true, base_path: [URL], auto_append: [URL]}}]
                nav: [{Home: index.md}, {Elsewhere: URL}]
                """.replace("URL", url));
        pages.put("docs/index.md", """
                ---
                title: Water
                image: URL
                canonical_url: URL
                redirect_from: [URL]
                ---
                # Water

                A sluice holds water back. ![picture](URL/a.png) [more](URL) <URL> <img src="URL/b.png">
                <iframe src="URL"></iframe> <link rel="stylesheet" href="URL"> <script src="URL"></script>

                --8<-- "URL"
                {% include "URL" %}
                {%! URL %}
                !include URL
                ```plantuml
                !includeurl URL
                ```
                [ref]: URL "title"
                *[URL]: URL
                """.replace("URL", url));

        assertThat(lectern.importBook("water", pages).status()).isEqualTo(201);
        try (LecternClient reader = lectern.reader()) {
            assertThat(reader.get("/books/water").status()).isEqualTo(200);
            assertThat(reader.get("/search?q=sluice").body()).contains("sluice");
            assertThat(reader.ask(reader.converse("water"), "What is a sluice?").status())
                    .isEqualTo(200);
        }

        assertNobodyCalled();
    }

    @Test
    void no_address_that_a_client_sends_is_called() throws IOException {
        lectern.withPoolsBook();
        try (LecternClient reader = lectern.reader()) {
            Attacker attacker = Attacker.at(lectern).as(reader.token());
            String messages = "POST /api/v1/conversations/" + reader.converse("pools") + "/messages";
            String asking = """
                    {"question": "What is a permit? URL", "selected_text": "URL", "page_url": "URL"}
                    """.replace("URL", url);
            assertThat(attacker.sendJson(messages, asking).status()).isIn(200, 400);
            assertThat(attacker.sendJson(
                                    "POST /api/v1/chat",
                                    "{\"query\": \"" + url + "\", \"selected_text\": \"" + url + "\"}")
                            .status())
                    .isEqualTo(200);
            for (String header : new String[] {
                "X-Forwarded-Host: 127.0.0.1:" + port(),
                "X-Forwarded-For: " + url,
                "Forwarded: for=" + url + ";host=127.0.0.1:" + port(),
                "Origin: http://127.0.0.1:" + port(),
                "Referer: " + url,
                "X-Original-URL: " + url,
                "X-Callback-URL: " + url,
                "Destination: " + url,
                "traceparent: " + url,
                "Idempotency-Key: " + url
            }) {
                assertThat(attacker.send("GET /api/v1/search?q=permit&u=" + url, header)
                                .status())
                        .isIn(200, 400);
            }
            assertThat(attacker.calling("127.0.0.1:" + port())
                            .send("GET /api/v1/books")
                            .status())
                    .isEqualTo(200);
            assertThat(attacker.send("GET " + url).status()).isIn(400, 404);
            assertThat(attacker.send("CONNECT 127.0.0.1:" + port()).status()).isGreaterThanOrEqualTo(400);
            assertThat(attacker.as(tokenWithKeysAt(url))
                            .send("GET /api/v1/conversations")
                            .status())
                    .isEqualTo(401);
        }

        assertNobodyCalled();
    }

    /// Its header names where the keys to verify it are.
    private static String tokenWithKeysAt(String url) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"RS256\",\"jku\":\"" + url + "\",\"x5u\":\"" + url + "\"}";
        return encoder.encodeToString(header.getBytes(UTF_8)) + ".e30.AAAA";
    }

    private void assertNobodyCalled() throws IOException {
        assertThat(service.accept()).isNull();
        // That it would have been seen.
        service.configureBlocking(true);
        try (SocketChannel caller = SocketChannel.open(service.getLocalAddress());
                SocketChannel seen = service.accept()) {
            assertThat(seen.getRemoteAddress()).isEqualTo(caller.getLocalAddress());
        }
    }

    private int port() throws IOException {
        return ((InetSocketAddress) service.getLocalAddress()).getPort();
    }
}
