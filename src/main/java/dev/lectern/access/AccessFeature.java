package dev.lectern.access;

import io.dropwizard.auth.Auth;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.auth.UnauthorizedHandler;
import io.dropwizard.auth.oauth.OAuthCredentialAuthFilter;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.servlets.tasks.Task;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import java.io.PrintWriter;
import java.lang.reflect.Parameter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells who is asking: readers by their token, people by the identity provider's, servers by their API
/// key.
public final class AccessFeature {

    private final ReaderTokens tokens;
    private final Supplier<UUID> ids;
    private final boolean anonymous;
    private final @Nullable String operatorKey;
    private final ApiKeys keys;
    private final Identities identities;

    /// @param anonymous whether there are anonymous readers
    /// @param operatorKey what lets books be imported over HTTP, beside API keys; null for nothing
    public AccessFeature(
            ReaderTokens tokens,
            Supplier<UUID> ids,
            boolean anonymous,
            OpenIdSettings openId,
            @Nullable String operatorKey,
            ApiKeys keys,
            InstantSource clock) {
        this.tokens = tokens;
        this.ids = ids;
        this.anonymous = anonymous;
        this.operatorKey = operatorKey;
        this.keys = keys;
        this.identities = new Identities(
                tokens,
                anonymous,
                openId.provider()
                        .map(provider -> new OpenIdTokens(provider, clock))
                        .orElse(null),
                keys);
    }

    /// Tells callers apart without being asked to let them in.
    public KnownCallers callers() {
        return identities;
    }

    public void register(Environment environment) {
        environment.lifecycle().manage(new AutoCloseableManager(identities));
        environment.admin().addTask(new RefreshApiKeys(keys));
        JerseyEnvironment jersey = environment.jersey();
        jersey.register(new TokenInAddressFilter());
        jersey.register(new KeptNowhereFilter());
        jersey.register(new AuthDynamicFeature(new OAuthCredentialAuthFilter.Builder<Caller>()
                .setAuthenticator(token -> identities.of(token).map(caller -> caller.with(Scope.CHAT)))
                .setPrefix("Bearer")
                .setUnauthorizedHandler(new Unauthorized())
                .buildAuthFilter()));
        jersey.register(new AuthValueFactoryProvider.Binder<>(Caller.class));
        if (!anonymous) {
            jersey.register(new NamedOnly());
        }
        jersey.register(new BooksWriteFilter(operatorKey, identities));
        jersey.register(new ReadersResource(tokens, ids, anonymous));
    }

    /// Leaves the words to the mapper of problems, which is asked only where a response has none yet.
    private static final class Unauthorized implements UnauthorizedHandler {

        @Override
        public Response buildResponse(String prefix, String realm) {
            return Response.status(Response.Status.UNAUTHORIZED).build();
        }
    }

    /// Has a token demanded also where one is optional.
    private static final class NamedOnly implements DynamicFeature {

        @Override
        public void configure(ResourceInfo resource, FeatureContext context) {
            if (Stream.of(resource.getResourceMethod().getParameters()).anyMatch(NamedOnly::isOptionalCaller)) {
                context.register(new CallerNeededFilter());
            }
        }

        private static boolean isOptionalCaller(Parameter parameter) {
            return parameter.isAnnotationPresent(Auth.class) && parameter.getType() == Optional.class;
        }
    }

    /// `POST /tasks/refresh-api-keys` on the admin port: takes new and revoked keys up now.
    private static final class RefreshApiKeys extends Task {

        private final ApiKeys keys;

        RefreshApiKeys(ApiKeys keys) {
            super("refresh-api-keys");
            this.keys = keys;
        }

        @Override
        public void execute(Map<String, List<String>> parameters, PrintWriter output) {
            keys.refresh();
            output.println("API keys are as they are in the database");
            output.flush();
        }
    }
}
