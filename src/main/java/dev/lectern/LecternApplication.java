package dev.lectern;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.lectern.access.SigningSecret;
import dev.lectern.cli.ApiKeyCommand;
import dev.lectern.cli.AskCommand;
import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.EvaluateRetrievalCommand;
import dev.lectern.cli.ImportBookCommand;
import dev.lectern.cli.MigrateCommand;
import dev.lectern.cli.Terminal;
import dev.lectern.cli.TokenSecretCommand;
import dev.lectern.cli.VisitCommand;
import dev.lectern.cli.WarmupPlanCommand;
import dev.lectern.cli.capacity.CapacityCommand;
import dev.lectern.cli.probe.CheckCommand;
import dev.lectern.cli.probe.LoadTestCommand;
import dev.lectern.cli.watch.WatchCommand;
import dev.lectern.metrics.RecentTimers;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jackson.Jackson;
import jakarta.validation.Validator;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.security.Security;
import java.time.InstantSource;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/// The process: the server and the commands.
public final class LecternApplication extends Application<LecternConfiguration> {

    private static final int USAGE = 64;
    private static final int FAILED = 1;
    private static final int DEEPEST_JSON = 32;

    /// No field has more than 8,000 characters, some of which take two units; one that has more is refused by its name
    /// up to here. Without it, whoever sends all of a body but its end would have all of it kept.
    private static final int LONGEST_JSON_STRING = 20_000;

    private final InstantSource clock;
    private final boolean ownsProcess;
    private final ConfigurationInForce inForce = new ConfigurationInForce();

    /// On the system's clock.
    public LecternApplication() {
        this(InstantSource.system(), false);
    }

    /// On another clock, as tests have it.
    public LecternApplication(InstantSource clock) {
        this(clock, false);
    }

    /// @param ownsProcess whether it ends the process when the system asks for that
    private LecternApplication(InstantSource clock, boolean ownsProcess) {
        this.clock = clock;
        this.ownsProcess = ownsProcess;
    }

    public static void main(String[] arguments) throws Exception {
        // How many seconds a host's address, or that it has none, is believed: Neon's addresses change, and the JDK's
        // 30 s and 10 s are longer than anybody waits.
        Security.setProperty("networkaddress.cache.ttl", "3");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        new LecternApplication(InstantSource.system(), true).run(arguments);
    }

    @Override
    public void run(String... arguments) {
        Bootstrap<LecternConfiguration> bootstrap = new Bootstrap<>(this);
        addDefaultCommands(bootstrap);
        initialize(bootstrap);
        bootstrap.registerMetrics();
        new CommandLine(bootstrap, System.out, System.err).run(arguments).ifPresent(this::onFatalError);
        if (arguments.length == 0) {
            System.exit(USAGE);
        }
    }

    @Override
    public String getName() {
        return "lectern";
    }

    @Override
    public void initialize(Bootstrap<LecternConfiguration> bootstrap) {
        bootstrap.setMetricRegistry(new RecentTimers());
        bootstrap.setConfigurationSourceProvider(new SubstitutingSourceProvider(
                inForce.reading(bootstrap.getConfigurationSourceProvider()), EnvironmentValues.substitutor()));
        bootstrap.setConfigurationFactoryFactory(new ConfigurationFactoryFactory<>() {
            @Override
            public ConfigurationFactory<LecternConfiguration> create(
                    Class<LecternConfiguration> type,
                    @Nullable Validator validator,
                    ObjectMapper json,
                    String propertyPrefix) {
                return new ConfigurationReader<>(type, validator, json, propertyPrefix, inForce::take);
            }
        });
        // By default buffers are kept for each thread, and a virtual thread serves one request.
        bootstrap.setObjectMapper(Jackson.newObjectMapper(JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_JSON)
                        .maxStringLength(LONGEST_JSON_STRING)
                        .build())
                .build()));
        strict(bootstrap.getObjectMapper());
        addCommands(bootstrap);
    }

    private void addCommands(Bootstrap<LecternConfiguration> bootstrap) {
        ObjectMapper json = bootstrap.getObjectMapper();
        Terminal terminal = Terminal.of(System.out, EnvironmentValues::value);
        CommandTarget target = new CommandTarget(bootstrap);
        bootstrap.addCommand(new CheckCommand(System.out, terminal, json, clock, target::read));
        bootstrap.addCommand(new WatchCommand(System.out, terminal, json, clock, EnvironmentValues::value));
        bootstrap.addCommand(new LoadTestCommand(System.out, terminal, json, target::read));
        bootstrap.addCommand(new CapacityCommand(System.out, terminal, json, EnvironmentValues::value));
        bootstrap.addCommand(new AskCommand(System.out, json));
        bootstrap.addCommand(new VisitCommand(System.out, json));
        bootstrap.addCommand(new ImportBookCommand<>(LecternConfiguration.class, CommandSession::open));
        bootstrap.addCommand(new MigrateCommand<>(LecternConfiguration.class, CommandSession::migrate));
        bootstrap.addCommand(
                new ApiKeyCommand<>(LecternConfiguration.class, KeySession::open, json, clock, System.out));
        bootstrap.addCommand(
                new TokenSecretCommand<>(LecternConfiguration.class, LecternApplication::secretOfHome, System.out));
        bootstrap.addCommand(new EvaluateRetrievalCommand(System.out, json));
        bootstrap.addCommand(new WarmupPlanCommand(System.out, System.err, json, new StoredArrivals(bootstrap)::read));
    }

    private static SigningSecret secretOfHome(LecternConfiguration configuration) {
        if (configuration.getAccess().tokenSecret() != null) {
            throw new CommandFailedException(
                    USAGE,
                    "LECTERN_TOKEN_SECRET is given, so the home's secret is not used: put a new one there, and the one"
                            + " before into LECTERN_TOKEN_SECRETS_PREVIOUS.");
        }
        return SigningSecret.in(configuration.getHome());
    }

    @Override
    public void run(LecternConfiguration configuration, Environment environment) {
        ListenAddress.refuseTaken(configuration.getServerFactory());
        if (ownsProcess) {
            environment.lifecycle().addServerLifecycleListener(new StopSignals());
        }
        DatabaseLocation location = DatabaseLocation.forServer(configuration);
        try {
            new Server(configuration, environment, location, inForce.values(EnvironmentValues::value), clock)
                    .register();
        } catch (RuntimeException e) {
            location.close();
            throw e;
        }
    }

    /// Without Dropwizard's `check`, which reads the configuration only: every other command does that, too, and
    /// Lectern's looks at the database.
    @Override
    protected void addDefaultCommands(Bootstrap<LecternConfiguration> bootstrap) {
        bootstrap.addCommand(new ServerCommand<>(this) {
            @Override
            public void onError(Cli cli, Namespace namespace, Throwable failure) {
                String message = failure.getMessage();
                cli.getStdErr().println("Lectern cannot start: " + (message == null ? failure : message));
            }
        });
    }

    /// Until the configuration is read, and in commands that read none.
    @Override
    protected Level bootstrapLogLevel() {
        return Level.ERROR;
    }

    @Override
    protected void onFatalError(Throwable failure) {
        System.exit(
                switch (failure) {
                    case CommandFailedException failed -> failed.exitCode();
                    case ArgumentParserException _, FileNotFoundException _, NoSuchFileException _ -> USAGE;
                    default -> FAILED;
                });
    }

    private static void strict(ObjectMapper json) {
        json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .registerModule(Durations.module());
        // A number is no text: what a client mixes up is told, not guessed.
        json.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }
}
