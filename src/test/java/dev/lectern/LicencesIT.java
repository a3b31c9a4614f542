package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// On what terms that is had which Lectern delivers, by the bill of materials that the build has put into the jar.
///
/// `mvn verify -Dit.test=LicencesIT -Dlicences.write=true` writes `docs/licences.md` anew.
class LicencesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("docs/licences.md");
    private static final Path BILL =
            Path.of(System.getProperty("bill.of.materials", "target/classes/META-INF/sbom/lectern.cdx.json"));

    /// By their SPDX ids, or by the names of those that have none. A library that offers several is taken under one.
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "MIT",
            "MIT-0",
            "PostgreSQL",
            "Public Domain",
            "UPL-1.0");

    private static final String HEAD = """
            # Licences

            What the delivered Lectern consists of besides its own code, as the bill of materials in its jar
            (`META-INF/sbom/lectern.cdx.json`) says. `LicencesIT` compares this file with it, and fails where a library has no
            licence of its list; `mvn verify -Dit.test=LicencesIT -Dlicences.write=true` writes it anew. Of PostgreSQL's
            binaries, those of the platform that builds are delivered.

            | library | version | licences that it offers |
            |---|---|---|
            """;

    /// A library, as the bill names it.
    private record Library(String name, String version, List<String> licences) {

        static Library of(JsonNode component) {
            return new Library(
                    component.path("group").asText() + ":"
                            + component
                                    .path("name")
                                    .asText()
                                    .replaceFirst("(binaries)-(linux|darwin|windows)-.*", "$1-*"),
                    component.path("version").asText(),
                    component
                            .path("licenses")
                            .valueStream()
                            .map(Library::licence)
                            .sorted()
                            .toList());
        }

        private static String licence(JsonNode entry) {
            JsonNode licence = entry.path("license");
            return Stream.of(entry.path("expression"), licence.path("id"), licence.path("name"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse("unknown");
        }

        boolean isAllowed() {
            return licences.stream().anyMatch(ALLOWED::contains);
        }

        String row() {
            return "| `%s` | %s | %s |%n".formatted(name, version, String.join(", ", licences));
        }
    }

    @Test
    void every_library_is_to_be_had_on_terms_of_the_list() throws IOException {
        assertThat(delivered()).isNotEmpty().allMatch(Library::isAllowed);
    }

    @Test
    void the_bill_has_what_the_jar_needs_and_what_the_page_loads() throws IOException {
        assertThat(delivered())
                .extracting(Library::name)
                .contains(
                        "io.dropwizard:dropwizard-core",
                        "org.postgresql:postgresql",
                        "org.webjars.npm:preact",
                        "org.webjars.npm:uplot")
                .doesNotContain("org.assertj:assertj-core");
    }

    @Test
    void the_list_is_as_the_page_has_it() throws IOException {
        String page = HEAD + delivered().stream().map(Library::row).collect(Collectors.joining());

        if (Boolean.getBoolean("licences.write")) {
            Files.writeString(FILE, page);
        }
        assertThat(FILE).hasContent(page);
    }

    @Test
    void terms_that_are_not_on_the_list_are_refused() throws IOException {
        assertThat(library("{\"name\": \"a\", \"licenses\": [{\"license\": {\"id\": \"AGPL-3.0-only\"}}]}")
                        .isAllowed())
                .isFalse();
        assertThat(library("{\"name\": \"a\"}").isAllowed()).isFalse();
        assertThat(library("{\"name\": \"a\", \"licenses\": [{\"expression\": \"MIT AND GPL-2.0-only\"}]}")
                        .isAllowed())
                .isFalse();
    }

    private static Library library(String component) throws IOException {
        return Library.of(JSON.readTree(component));
    }

    private static List<Library> delivered() throws IOException {
        assertThat(BILL)
                .as("the bill of materials, which Maven makes where it is not offline")
                .exists();
        return JSON.readTree(Files.readAllBytes(BILL))
                .path("components")
                .valueStream()
                .map(Library::of)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }
}
