package dev.lectern.access;

import dev.lectern.problem.ProblemException;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a request.
///
/// @param reader whose conversations are the caller's
/// @param scopes what the caller may do
public record Caller(Kind kind, ReaderId reader, Set<Scope> scopes) implements Principal {

    /// How a caller is known.
    public enum Kind {
        /// By a token of this server's, which names nobody.
        ANONYMOUS,
        /// By a token of the identity provider's.
        PERSON,
        /// By an API key.
        SERVER
    }

    private static final Set<Scope> READING = Set.of(Scope.CHAT);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public static Caller anonymous(ReaderId reader) {
        return new Caller(Kind.ANONYMOUS, reader, READING);
    }

    /// A person is the same reader wherever the same provider gives the same subject.
    static Caller person(String issuer, String subject) {
        return new Caller(Kind.PERSON, ReaderId.named("openid", issuer, subject), READING);
    }

    /// A server is a reader of its own for each key.
    static Caller server(String keyId, Set<Scope> scopes) {
        return new Caller(Kind.SERVER, ReaderId.named("api-key", keyId), scopes);
    }

    /// The caller of what may be asked for without a token; nobody where there is none.
    ///
    /// @param authorization the request's header
    /// @throws ProblemException 401 where there is a token, and it is not valid
    public static Optional<Caller> orNobody(Optional<Caller> caller, @Nullable String authorization) {
        if (authorization != null && caller.isEmpty()) {
            throw ProblemException.unauthorized("The token is not valid; ask with another, or with none.");
        }
        return caller;
    }

    /// This caller, where the scope is among its own.
    ///
    /// @throws ProblemException 403, which names the scope, where the caller does not have it
    Caller with(Scope needed) {
        if (!scopes.contains(needed)) {
            throw ProblemException.forbidden(
                    kind == Kind.SERVER
                            ? "This API key does not have the scope " + needed + "."
                            : "A reader's token does not have the scope " + needed + "; an API key can.");
        }
        return this;
    }

    @Override
    public String getName() {
        return reader.value().toString();
    }
}
