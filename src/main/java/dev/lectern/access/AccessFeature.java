package dev.lectern.access;

import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.auth.UnauthorizedHandler;
import io.dropwizard.auth.oauth.OAuthCredentialAuthFilter;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells who is asking: readers by their token, importers by the API key.
public final class AccessFeature {

    private final ReaderTokens tokens;
    private final Supplier<UUID> ids;
    private final @Nullable String apiKey;

    /// @param apiKey what lets books be imported over HTTP; nobody may where null
    public AccessFeature(ReaderTokens tokens, Supplier<UUID> ids, @Nullable String apiKey) {
        this.tokens = tokens;
        this.ids = ids;
        this.apiKey = apiKey;
    }

    public void register(JerseyEnvironment jersey) {
        jersey.register(new AuthDynamicFeature(new OAuthCredentialAuthFilter.Builder<Caller>()
                .setAuthenticator(token -> tokens.verify(token).map(Caller::new))
                .setPrefix("Bearer")
                .setUnauthorizedHandler(new Unauthorized())
                .buildAuthFilter()));
        jersey.register(new AuthValueFactoryProvider.Binder<>(Caller.class));
        jersey.register(new BooksWriteFilter(apiKey, tokens));
        jersey.register(new ReadersResource(tokens, ids));
    }

    /// Leaves the words to the mapper of problems, which is asked only where a response has none yet.
    private static final class Unauthorized implements UnauthorizedHandler {

        @Override
        public Response buildResponse(String prefix, String realm) {
            return Response.status(Response.Status.UNAUTHORIZED).build();
        }
    }
}
