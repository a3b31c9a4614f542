package dev.lectern.answer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.uuid.Generators;
import dev.lectern.access.AccessFeature;
import dev.lectern.access.ApiKeys;
import dev.lectern.access.KnownKeys;
import dev.lectern.access.OpenIdSettings;
import dev.lectern.access.ReaderTokens;
import dev.lectern.access.TokenKeys;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Wakefulness;
import dev.lectern.problem.JettyProblems;
import dev.lectern.problem.ProblemFeature;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server that answers questions as in production, but for its model, its books and its store; and its reader. As an
/// extension it is there for all tests of a class, and its store is back after each of them.
final class TestServer implements AutoCloseable, BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    static final String SECRET = "a secret that has thirty-two bytes";

    /// The header of the reader whose conversation it is.
    static final String BEARER = bearer(SECRET, Fixtures.NOW);

    final Fixtures fixtures = new Fixtures();
    final TestReader reader = new TestReader(HttpClient.newHttpClient(), this::port);
    private final ModelOfTheTest model = new ModelOfTheTest();
    private final DropwizardTestSupport<Configuration> dropwizard;

    TestServer() {
        AnswerFeature feature = new AnswerFeature(
                fixtures.dialogue,
                fixtures.search,
                model,
                null,
                "handbook"::equals,
                fixtures.shares,
                fixtures::id,
                InstantSource.fixed(Fixtures.NOW),
                AnswerListener.NONE,
                Fixtures.QUICK);
        dropwizard =
                new DropwizardTestSupport<>(
                        Lectern.class,
                        (String) null,
                        ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                        ConfigOverride.config("server.adminConnectors[0].port", "0"),
                        ConfigOverride.config("server.registerDefaultExceptionMappers", "false"),
                        ConfigOverride.config("server.enableVirtualThreads", "true")) {
                    @Override
                    public Application<Configuration> newApplication() {
                        return new Lectern(feature);
                    }
                };
    }

    /// A header of the same reader with a token of another secret or time. Tokens are good for a day.
    static String bearer(String secret, Instant issued) {
        return "Bearer " + tokens(secret, issued).issue(Fixtures.READER).token();
    }

    private static ReaderTokens tokens(String secret, Instant now) {
        TokenKeys keys = TokenKeys.of(List.of(secret.getBytes(StandardCharsets.UTF_8)));
        return new ReaderTokens(() -> keys, Duration.ofDays(1), InstantSource.fixed(now));
    }

    static TestServer started() throws Exception {
        TestServer server = new TestServer();
        server.dropwizard.before();
        return server;
    }

    private int port() {
        return dropwizard.getLocalPort();
    }

    /// From now on this model answers.
    ScriptedModel answering(ScriptedModel by) {
        model.delegate = by;
        return by;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        dropwizard.before();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        fixtures.dialogue.failing(false, false);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        dropwizard.after();
        reader.http().close();
    }

    static final class Lectern extends Application<Configuration> {

        private final AnswerFeature feature;

        Lectern(AnswerFeature feature) {
            this.feature = feature;
        }

        @Override
        public void run(Configuration configuration, Environment environment) {
            environment.getObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
            environment
                    .lifecycle()
                    .addEventListener(
                            new JettyProblems(configuration.getServerFactory(), environment.getObjectMapper()));
            environment.jersey().register(new ProblemFeature());
            InstantSource clock = InstantSource.fixed(Fixtures.NOW);
            new AccessFeature(
                            tokens(SECRET, Fixtures.NOW),
                            Generators.timeBasedEpochGenerator()::generate,
                            true,
                            OpenIdSettings.NONE,
                            null,
                            new ApiKeys(
                                    noDatabase(),
                                    new KnownKeys(clock),
                                    new Wakefulness(Duration.ofMinutes(1), clock),
                                    clock),
                            clock)
                    .register(environment);
            feature.register(environment);
        }
    }

    /// Nobody asks it.
    private static Database noDatabase() {
        NeonDatabase neon = new NeonDatabase(NeonSettings.of(NeonUrl.parse("postgresql://nobody:none@127.0.0.1:1/no")));
        return new Database(neon, Jdbi.create(neon.dataSource()));
    }

    private static final class ModelOfTheTest implements LanguageModel {

        private volatile LanguageModel delegate = ScriptedModel.writing();

        @Override
        public String name() {
            return delegate.name();
        }

        @Override
        public Reply generate(Prompt prompt, Consumer<String> text)
                throws LanguageModelException, InterruptedException {
            return delegate.generate(prompt, text);
        }
    }
}
