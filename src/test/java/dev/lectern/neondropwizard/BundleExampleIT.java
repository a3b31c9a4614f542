package dev.lectern.neondropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.DocumentedExample;
import dev.lectern.testing.TestPostgres;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bundle as its documentation shows it.
class BundleExampleIT {

    @TempDir
    private Path folder;

    @Test
    void the_documented_application_serves_from_the_database() throws Exception {
        DocumentedExample example = DocumentedExample.in(Path.of("docs/neon-library.md"), "Shop");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        example.writeTo(folder).toString());
        assertThat(compiled).isZero();
        assertThat(example.linesOfCode()).isLessThanOrEqualTo(15);
        Path settings = Files.writeString(
                folder.resolve("shop.yml"), """
                databaseUrl: postgresql://postgres:postgres@localhost:%d/%s
                server:
                  applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
                  adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
                """.formatted(TestPostgres.port(), TestPostgres.freshDatabase()));

        try (URLClassLoader loader = new URLClassLoader(
                        new java.net.URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                HttpClient client = HttpClient.newHttpClient()) {
            DropwizardTestSupport<Configuration> shop =
                    new DropwizardTestSupport<>(application(loader.loadClass("Shop")), settings.toString());
            shop.before();
            try {
                URI orders = URI.create("http://127.0.0.1:" + shop.getLocalPort() + "/orders");
                assertThat(client.send(HttpRequest.newBuilder(orders).build(), BodyHandlers.ofString())
                                .body())
                        .isEqualTo("42");
            } finally {
                shop.after();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Application<Configuration>> application(Class<?> type) {
        return (Class<? extends Application<Configuration>>) type.asSubclass(Application.class);
    }
}
