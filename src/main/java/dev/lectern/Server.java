package dev.lectern;

import dev.lectern.access.AccessFeature;
import dev.lectern.access.AdminGuard;
import dev.lectern.access.ApiKeys;
import dev.lectern.access.CrossOrigin;
import dev.lectern.access.KnownKeys;
import dev.lectern.access.ReaderTokens;
import dev.lectern.access.SigningSecret;
import dev.lectern.access.TokenKeys;
import dev.lectern.access.WatchedSecret;
import dev.lectern.answer.AnswerFeature;
import dev.lectern.answer.AnswerListener;
import dev.lectern.book.BookFeature;
import dev.lectern.book.Library;
import dev.lectern.console.ConfigurationValue;
import dev.lectern.console.ConsoleFeature;
import dev.lectern.console.NeonApiState;
import dev.lectern.console.Watched;
import dev.lectern.conversation.ConversationFeature;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.health.HealthFeature;
import dev.lectern.health.WatchedModel;
import dev.lectern.limits.LimitsFeature;
import dev.lectern.metrics.MetricsFeature;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTask;
import dev.lectern.neonapi.NeonApiSettings;
import dev.lectern.neonapi.Reconciliation;
import dev.lectern.neondropwizard.NeonApiInstallation;
import dev.lectern.neondropwizard.NeonInstallation;
import dev.lectern.neondropwizard.WarmupConfiguration;
import dev.lectern.neondropwizard.WarmupInstallation;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Migrations;
import dev.lectern.persistence.Wakefulness;
import dev.lectern.persistence.WarmupStore;
import dev.lectern.problem.JettyProblems;
import dev.lectern.problem.ProblemFeature;
import dev.lectern.retrieval.BgeEmbedder;
import dev.lectern.retrieval.RetrievalFeature;
import dev.lectern.tracing.TracingFeature;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Composes the features of the server.
///
/// What is managed stops in the reverse order: answers before the connections, the embedded database last.
record Server(
        LecternConfiguration configuration,
        Environment environment,
        DatabaseLocation location,
        List<ConfigurationValue> values,
        InstantSource clock) {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /// Longer than an answer may take.
    private static final Duration LEASE = Duration.ofMinutes(6);

    private static final Duration LONGEST_MOMENT = Duration.ofMinutes(1);

    /// The one process that uses an embedded database: what it left unanswered when it was killed is its own again.
    private static final UUID ONLY_HOLDER = new UUID(0, 0);

    void register() {
        String adminToken = configuration.getAccess().adminToken();
        AdminPort.refuseOpen((DefaultServerFactory) configuration.getServerFactory(), adminToken);
        environment.lifecycle().manage(new AutoCloseableManager(location));
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleFailure(LifeCycle server, Throwable cause) {
                location.close(); // a server that did not start stops nothing
            }
        });
        MetricsFeature metrics = new MetricsFeature(System::nanoTime);
        TracingFeature tracing = new TracingFeature(clock);
        new RequestDeadline(configuration.getDatabase().requestDeadline()).register(environment.jersey());
        Supplier<UUID> ids = new AscendingIds(clock);
        environment.jersey().register(new ProblemFeature());
        // A path: the host is what a client says, and the scheme what a proxy in between does not tell.
        environment.jersey().property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        ConnectionBounds.register(environment, configuration.getConnections());
        // Jetty would keep the filters of each path that was asked for, and hardly a conversation's is asked for again.
        environment.getApplicationContext().getServletHandler().setFilterChainsCached(false);

        NeonSettings settings = location.settings(configuration);
        WarmupConfiguration warming = configuration.getWarmup();
        Warmup warmup =
                warming.warmup(settings.suspendTimeout(), settings.budget().replicas());
        WarmupMonitor monitor = new WarmupMonitor(warmup, warming.zoneId(), clock);
        WarmupStore store = new WarmupStore(monitor, clock);
        ConsoleFeature console = new ConsoleFeature(clock);
        Wakefulness wakefulness = new Wakefulness(moment(settings.suspendTimeout()), clock);
        KnownKeys known = new KnownKeys(clock);
        RetentionFeature retention = new RetentionFeature();
        NeonInstallation neon = NeonInstallation.in(
                environment,
                settings,
                NeonListener.all(
                        location.listener(),
                        monitor,
                        wakefulness,
                        metrics.listener(),
                        tracing.listener(),
                        console.listener(),
                        retention),
                new Migrations(location.direct()).then(store).then(known::load),
                clock);
        Database database = new Database(neon.database(), neon.jdbi());
        ApiKeys keys = new ApiKeys(database, known, wakefulness, clock);
        // Before all others at the admin port.
        new AdminGuard(adminToken, keys, environment.getObjectMapper()).register(environment);
        AccessFeature access = access(ids, keys);
        access.register(environment);
        LimitsFeature limits = new LimitsFeature(
                configuration.getLimits(), settings.budget().replicas(), metrics.limits(), clock, System::nanoTime);
        limits.register(environment, access.callers());
        CrossOrigin.register(environment, configuration.getAccess().allowedOrigins());
        // Around all else: what it gives a request and a response, a refusal by limits has, too.
        environment
                .lifecycle()
                .addEventListener(new JettyProblems(configuration.getServerFactory(), environment.getObjectMapper()));
        metrics.register(environment, neon.database()::snapshot);
        tracing.register(environment);
        retention.register(environment, database, configuration.getPrivacy().keepConversations(), clock);
        WarmupTask warm = WarmupInstallation.in(environment, neon.database(), monitor, store, clock);
        Optional<Reconciliation> neonApi = configuration
                .getNeonApi()
                .settings()
                .filter(this::tellsOfThisCompute)
                .map(api -> NeonApiInstallation.in(environment, api, monitor, clock));
        console.register(
                environment,
                new Watched(
                        settings,
                        location.embedded() != null,
                        neon.database(),
                        database,
                        metrics,
                        monitor,
                        warm,
                        () -> neonApi.map(this::state).orElse(null),
                        values));
        if (warming.earlyWake()) {
            environment
                    .servlets()
                    .addFilter("early-wake", new EarlyWakeFilter(warm::readerMayAsk))
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/api/*");
        }

        BgeEmbedder embedder = new BgeEmbedder(configuration.getHome().resolve("cache"));
        // A copy for each database: the home may have served another.
        BookFeature books = new BookFeature(
                database,
                embedder,
                clock,
                configuration.getHome().resolve("library").resolve(location.key()));
        Library library = books.library();
        RetrievalFeature retrieval = new RetrievalFeature(environment, embedder, library::knows);
        books.register(environment);
        library.onChange(retrieval.retriever()::publish);
        environment.lifecycle().manage(shelves(books));

        ConversationFeature conversations = new ConversationFeature(
                database,
                ids,
                clock,
                LEASE,
                location.embedded() == null ? UUID.randomUUID() : ONLY_HOLDER,
                library::knows,
                library::noticed,
                environment.getObjectMapper());
        conversations.register(environment.jersey());
        LanguageModels models = LanguageModels.of(configuration.getLlm(), environment.lifecycle());
        // What needs no network costs nothing.
        WatchedModel model =
                new WatchedModel(models.fallback() == null ? models.model() : limits.within(models.model()));
        new AnswerFeature(
                        conversations.dialogue(),
                        retrieval.retriever(),
                        model,
                        models.fallback(),
                        library::knows,
                        limits::beginAnswer,
                        ids,
                        clock,
                        AnswerListener.all(metrics.answers(), tracing.answers()))
                .register(environment);

        new HealthFeature(neon.database(), monitor, library, model, clock).register(environment);
        environment.jersey().register(new ContractResource());
        EmbeddedDatabase embedded = location.embedded();
        if (embedded != null) {
            EmbeddedServlet.register(environment, embedded.gateway());
        }
        environment.lifecycle().addServerLifecycleListener(new ReadyLine(System.out, location::announceAdmin));
    }

    private NeonApiState state(Reconciliation api) {
        return new NeonApiState(
                api.state().name().toLowerCase(Locale.ROOT),
                api.age().map(age -> clock.instant().minus(age)).orElse(null),
                api.failure().isEmpty() ? null : api.failure());
    }

    /// Whether what Neon's API says would be about the database that is used.
    private boolean tellsOfThisCompute(NeonApiSettings api) {
        if (location.embedded() != null) {
            LOG.warn("Neon's API is not asked: there is no DATABASE_URL, and so the database is the embedded one");
            return false;
        }
        String used = location.url().endpoint().orElse(api.endpoint());
        if (!used.equals(api.endpoint())) {
            LOG.warn(
                    "Neon's API is not asked: DATABASE_URL leads to the compute {}, NEON_ENDPOINT_ID is {}",
                    used,
                    api.endpoint());
        }
        return used.equals(api.endpoint());
    }

    /// Fills the library before the server takes requests.
    private Managed shelves(BookFeature books) {
        return new Managed() {
            @Override
            public void start() {
                books.library().open();
                if (location.embedded() != null && books.library().books().isEmpty()) {
                    new DemoBook(books.importer()).importIt();
                }
            }
        };
    }

    private AccessFeature access(Supplier<UUID> ids, ApiKeys keys) {
        AccessSettings access = configuration.getAccess();
        Supplier<TokenKeys> secrets = access.tokenKeys()
                .<Supplier<TokenKeys>>map(fixed -> () -> fixed)
                .orElseGet(() -> new WatchedSecret(SigningSecret.in(configuration.getHome()), clock));
        return new AccessFeature(
                new ReaderTokens(secrets, access.tokenLifetime(), clock),
                ids,
                access.anonymous(),
                access.openId(),
                access.apiKey(),
                keys,
                clock);
    }

    /// For how long after others' work the database is surely awake.
    private static Duration moment(Duration suspendTimeout) {
        Duration half = suspendTimeout.dividedBy(2);
        return half.isZero() || half.compareTo(LONGEST_MOMENT) > 0 ? LONGEST_MOMENT : half;
    }
}
