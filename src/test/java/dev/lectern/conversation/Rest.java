package dev.lectern.conversation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.Caller;
import dev.lectern.access.ReaderId;
import dev.lectern.persistence.Database;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.ProblemFeature;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.auth.UnauthorizedHandler;
import io.dropwizard.auth.oauth.OAuthCredentialAuthFilter;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The resources of conversations as a client sees them. A bearer token is the reader's id.
final class Rest {

    private static final ObjectMapper JSON =
            Jackson.newObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Rest() {}

    /// An answer of the server.
    record Reply(int status, JsonNode json, Response response) {}

    /// A library with the one book `robotics`.
    static ResourceExtension over(Database database, Supplier<UUID> ids, InstantSource clock) {
        ResourceExtension.Builder resources = ResourceExtension.builder()
                .setMapper(JSON)
                .setRegisterDefaultExceptionMappers(false)
                .addProvider(new ProblemFeature())
                .addProvider(new AuthDynamicFeature(new OAuthCredentialAuthFilter.Builder<Caller>()
                        .setAuthenticator(token -> Optional.of(Caller.anonymous(new ReaderId(UUID.fromString(token)))))
                        .setPrefix("Bearer")
                        .setUnauthorizedHandler(new UnauthorizedHandler() {
                            @Override
                            public RuntimeException buildException(String prefix, String realm) {
                                return ProblemException.unauthorized("who is there?");
                            }
                        })
                        .buildAuthFilter()))
                .addProvider(new AuthValueFactoryProvider.Binder<>(Caller.class));
        new ConversationFeature(
                        database, ids, clock, Conversations.LEASE, UUID.randomUUID(), "robotics"::equals, _ -> {}, JSON)
                .resources()
                .forEach(resources::addResource);
        return resources.build();
    }

    static Reply call(
            ResourceExtension resources, @Nullable ReaderId reader, String method, String path, @Nullable String body) {
        Invocation.Builder request = resources.client().target(path).request();
        if (reader != null) {
            request.header("Authorization", "Bearer " + reader.value());
        }
        Response response = body == null
                ? request.method(method)
                : request.method(method, Entity.entity(body, MediaType.APPLICATION_JSON));
        return new Reply(response.getStatus(), json(response.readEntity(String.class)), response);
    }

    /// What is equal whatever the order of members, as it is for a client.
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
