package dev.lectern.problem;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server, for all tests of a class, of resources that the class brings, with what every request goes through around
/// them.
final class ProblemServer implements BeforeAllCallback, AfterAllCallback {

    /// The end of a request's first line, and the one header that each must have.
    static final String HOST = " HTTP/1.1\r\nHost: books.example\r\n";

    private final DropwizardTestSupport<Configuration> dropwizard;

    /// @param resources registers them
    ProblemServer(Consumer<Environment> resources, ConfigOverride... settings) {
        this(Duration.ofSeconds(BodyLimit.DEFAULT_SECONDS), resources, settings);
    }

    /// @param patience how long a body may take where its resource does not say, and the rest that nobody has read
    ProblemServer(Duration patience, Consumer<Environment> resources, ConfigOverride... settings) {
        ConfigOverride[] all = Stream.concat(
                        Stream.of(
                                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                                ConfigOverride.config("server.registerDefaultExceptionMappers", "false"),
                                ConfigOverride.config("logging.level", "OFF")),
                        Stream.of(settings))
                .toArray(ConfigOverride[]::new);
        dropwizard = new DropwizardTestSupport<>(Guarded.class, (String) null, all) {
            @Override
            public Application<Configuration> newApplication() {
                return new Guarded(patience, resources);
            }
        };
    }

    private static final class Guarded extends Application<Configuration> {

        private final Duration patience;
        private final Consumer<Environment> resources;

        Guarded(Duration patience, Consumer<Environment> resources) {
            this.patience = patience;
            this.resources = resources;
        }

        @Override
        public void run(Configuration configuration, Environment environment) {
            environment
                    .lifecycle()
                    .addEventListener(new JettyProblems(
                            configuration.getServerFactory(), environment.getObjectMapper(), patience));
            environment.jersey().register(new ProblemFeature());
            resources.accept(environment);
        }
    }

    int port() {
        return dropwizard.getLocalPort();
    }

    int adminPort() {
        return dropwizard.getAdminPort();
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        dropwizard.before();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        dropwizard.after();
    }
}
