package dev.lectern.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.book.manuscript.Draft;
import dev.lectern.book.manuscript.ManuscriptSource;
import dev.lectern.persistence.Database;
import dev.lectern.problem.ProblemFeature;
import dev.lectern.testing.TestPostgres;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(DropwizardExtensionsSupport.class)
class BooksResourceIT {

    @TempDir
    static Path folder;

    private static final Database DATABASE = TestPostgres.open(TestPostgres.freshDatabase());

    private final BookFeature feature = new BookFeature(DATABASE, new CountingEmbedder(), Clock.systemUTC(), folder);
    private final ResourceExtension resources = ResourceExtension.builder()
            .setRegisterDefaultExceptionMappers(false)
            .addProvider(new ProblemFeature())
            .addResource(new BooksResource(feature.library(), feature.importer()))
            .build();

    @AfterEach
    void empty() {
        Shelves.empty(DATABASE);
    }

    private Response put(String slug, byte[] body, String type, String... query) {
        var target = resources.target("/api/v1/books/" + slug);
        for (int i = 0; i < query.length; i += 2) {
            target = target.queryParam(query[i], query[i + 1]);
        }
        return target.request().put(Entity.entity(body, type));
    }

    private static byte[] zip(Draft draft) throws IOException {
        return Files.readAllBytes(draft.zip(folder.resolve("book.zip")));
    }

    private void load(String slug) throws IOException {
        byte[] zip = zip(new Draft()
                .file("index.md", "# Home\n<b onclick=x>Welcome</b>.\n\n## Start here\n\nText.")
                .file("part/one.md", "# One\nText.")
                .file("part/two.md", "# Two\nText."));
        assertThat(put(slug, zip, "application/zip").getStatus()).isEqualTo(201);
    }

    private Response get(String path, Object... query) {
        var target = resources.target("/api/v1/books" + path);
        for (int i = 0; i < query.length; i += 2) {
            target = target.queryParam((String) query[i], query[i + 1]);
        }
        return target.request().get();
    }

    private static JsonNode json(Response response, int status) {
        assertThat(response.getStatus()).isEqualTo(status);
        return response.readEntity(JsonNode.class);
    }

    @Test
    void imports_and_replaces_a_book() throws IOException {
        byte[] zip = zip(new Draft().file("a.md", "Text."));

        Response created = put("robots", zip, "application/zip", "title", "Robots", "base_url", "https://r.example");
        assertThat(created.getHeaderString("Location")).endsWith("/api/v1/books/robots");
        JsonNode first = json(created, 201);
        assertThat(first.path("title").asText()).isEqualTo("Robots");
        assertThat(first.path("passages_per_second").isNumber()).isTrue();
        assertThat(json(put("robots", zip, "application/zip"), 200)
                        .path("reused")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void shows_a_book_of_MkDocs_as_its_settings_say() throws IOException {
        byte[] zip = zip(new Draft()
                .file(
                        "mkdocs.yml",
                        "site_name: Weaving\nsite_url: https://loom.example/w\nnav: [{Start: b.md}, a.md]\n")
                .file("docs/a.md", "# Yarn\n\n## Wool & silk\n\nText.")
                .file("docs/b.md", "Text."));

        assertThat(json(put("weaving", zip, "application/zip"), 201).path("warnings"))
                .isEmpty();

        JsonNode contents = json(get("/weaving"), 200);
        assertThat(contents.path("title").asText()).isEqualTo("Weaving");
        assertThat(contents.path("base_url").asText()).isEqualTo("https://loom.example/w");
        assertThat(contents.path("chapters").findValuesAsText("url"))
                .containsExactly("https://loom.example/w/b/", "https://loom.example/w/a/");
        assertThat(contents.at("/chapters/0/title").asText()).isEqualTo("Start");
        assertThat(json(get("/weaving/chapters/a"), 200).at("/previous/slug").asText())
                .isEqualTo("b");

        json(put("weaving", zip, "application/zip", "title", "Mine", "base_url", "https://mine.example"), 200);
        assertThat(json(get("/weaving"), 200).path("title").asText()).isEqualTo("Mine");
        assertThat(json(get("/weaving"), 200).at("/chapters/1/url").asText()).isEqualTo("https://mine.example/a/");
    }

    @Test
    void lists_books_in_pages() throws IOException {
        load("a");
        load("b");
        load("c");

        JsonNode first = json(get("", "limit", 2), 200);
        assertThat(first.path("items").findValuesAsText("slug")).containsExactly("a", "b");
        JsonNode second =
                json(get("", "limit", 2, "cursor", first.path("next_cursor").asText()), 200);
        assertThat(second.path("items").findValuesAsText("slug")).containsExactly("c");
        assertThat(second.path("next_cursor").isNull()).isTrue();

        assertThat(get("", "limit", 0).getStatus()).isEqualTo(400);
        assertThat(get("", "limit", 101).getStatus()).isEqualTo(400);
        assertThat(get("", "cursor", "%%").getStatus()).isEqualTo(400);
        assertThat(get("", "cursor", "QQ").getStatus()).isEqualTo(400);
    }

    @Test
    void shows_the_table_of_contents() throws IOException {
        load("a");

        JsonNode contents = json(get("/a"), 200);

        assertThat(contents.path("title").asText()).isEqualTo("Home");
        assertThat(contents.path("base_url").isNull()).isTrue();
        assertThat(contents.at("/chapters/0/headings/0").toString())
                .isEqualTo("{\"level\":2,\"title\":\"Start here\",\"anchor\":\"start-here\"}");
        assertThat(contents.at("/chapters/2/url").asText()).isEqualTo("/part/two");
        assertThat(get("/none").getStatus()).isEqualTo(404);
    }

    @Test
    void shows_a_chapter_whose_name_has_slashes_and_its_neighbours() throws IOException {
        load("a");

        JsonNode chapter = json(get("/a/chapters/part/one"), 200);

        assertThat(chapter.path("title").asText()).isEqualTo("One");
        assertThat(chapter.at("/previous/slug").asText()).isEqualTo("index");
        assertThat(chapter.at("/next/slug").asText()).isEqualTo("part/two");
        JsonNode home = json(get("/a/chapters/index"), 200);
        assertThat(home.path("markdown").asText()).isEqualTo("Welcome.\n\n## Start here\n\nText.");
        assertThat(home.path("previous").isNull()).isTrue();
        assertThat(get("/a/chapters/none").getStatus()).isEqualTo(404);
    }

    @Test
    void answers_304_until_there_is_a_new_version() throws IOException {
        load("a");
        for (String path : new String[] {"", "/a", "/a/chapters/part/one"}) {
            Response fresh = get(path);
            assertThat(fresh.getHeaderString("Cache-Control")).isEqualTo("no-cache");
            String tag = fresh.getHeaderString("ETag");
            Response again = resources
                    .target("/api/v1/books" + path)
                    .request()
                    .header("If-None-Match", tag)
                    .get();
            assertThat(again.getStatus()).isEqualTo(304);
            assertThat(again.getHeaderString("ETag")).isEqualTo(tag);

            put("a", zip(new Draft().file("index.md", "Text.").file("part/one.md", "New text.")), "application/zip");
            Response changed = resources
                    .target("/api/v1/books" + path)
                    .request()
                    .header("If-None-Match", tag)
                    .get();
            assertThat(changed.getStatus()).isEqualTo(200);
        }
    }

    @Test
    void takes_no_heed_of_a_condition_that_cannot_be_read() throws IOException {
        load("a");

        assertThat(resources
                        .target("/api/v1/books/a")
                        .request()
                        .header("If-None-Match", "garbage")
                        .get()
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void gives_the_same_version_of_another_database_another_tag() throws IOException {
        load("a");
        List<String> paths = List.of("", "/a", "/a/chapters/index");
        List<String> before =
                paths.stream().map(path -> get(path).getHeaderString("ETag")).toList();
        Shelves.empty(DATABASE);
        load("a");

        assertThat(json(get("/a"), 200).path("version").asLong()).isEqualTo(1);
        assertThat(paths.stream().map(path -> get(path).getHeaderString("ETag")))
                .doesNotContainAnyElementsOf(before);
    }

    @Test
    void shows_a_book_that_another_process_imported() throws IOException {
        Path zip = new Draft().file("a.md", "Text.").zip(folder.resolve("elsewhere.zip"));
        new BookImporter(DATABASE, new CountingEmbedder(), Clock.systemUTC(), () -> {})
                .importBook(Edition.of("elsewhere", null, null), ManuscriptSource.at(zip), ImportProgress.NONE);

        assertThat(get("/elsewhere").getStatus()).isEqualTo(200);
    }

    @Test
    void names_the_file_and_the_line_of_a_flaw() throws IOException {
        byte[] zip = zip(new Draft().file("index.md", "Text.").file("part/a.md", "---\ntitle: a: b\n---\n"));

        JsonNode problem = json(put("a", zip, "application/zip"), 422);

        assertThat(problem.path("type").asText()).isEqualTo("urn:lectern:problem:book-front-matter");
        assertThat(problem.path("detail").asText()).startsWith("part/a.md, line 2: ");
        assertThat(json(put("a", "no zip".getBytes(java.nio.charset.StandardCharsets.UTF_8), "application/zip"), 422)
                        .path("detail")
                        .asText())
                .doesNotContain("/tmp", "lectern-import");
    }

    @Test
    void refuses_what_is_not_as_the_contract_says() throws IOException {
        byte[] zip = zip(new Draft().file("a.md", "Text."));

        assertThat(put("Robots", zip, "application/zip").getStatus()).isEqualTo(400);
        assertThat(put("a", zip, "application/zip", "base_url", "nowhere").getStatus())
                .isEqualTo(400);
        assertThat(put("a", zip, "application/zip", "title", "x".repeat(201)).getStatus())
                .isEqualTo(400);
        assertThat(json(put("a", zip, "application/zip", "title", "%00"), 400).toString())
                .contains("title");
        assertThat(put("a", zip, "text/plain").getStatus()).isEqualTo(415);
    }

    @Test
    void refuses_an_archive_over_64_MiB() {
        ByteArrayInputStream large = new ByteArrayInputStream(new byte[(64 << 20) + 1]);

        Response response = resources.target("/api/v1/books/a").request().put(Entity.entity(large, "application/zip"));

        assertThat(response.getStatus()).isEqualTo(413);
    }
}
