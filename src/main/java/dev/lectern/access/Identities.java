package dev.lectern.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who bears a token, of whatever kind: an anonymous reader, a person whom the identity provider knows, or
/// a server. None of the three asks the database or the provider for a token that was seen before.
final class Identities implements KnownCallers, AutoCloseable {

    private final ReaderTokens tokens;
    private final boolean anonymous;
    private final @Nullable OpenIdTokens people;
    private final ApiKeys keys;

    /// @param anonymous whether there are anonymous readers
    /// @param people null where there is no identity provider
    Identities(ReaderTokens tokens, boolean anonymous, @Nullable OpenIdTokens people, ApiKeys keys) {
        this.tokens = tokens;
        this.anonymous = anonymous;
        this.people = people;
        this.keys = keys;
    }

    /// Empty where the token is nobody's.
    ///
    /// @throws dev.lectern.problem.ProblemException 503 where that cannot be told now
    Optional<Caller> of(String bearer) {
        if (ApiKeyText.isMeant(bearer)) {
            return keys.verify(bearer, ApiKeys.Purpose.WORKS);
        }
        Optional<Caller> known = people == null ? Optional.empty() : people.remembered(bearer);
        if (known.isPresent()) {
            return known;
        }
        Optional<ReaderId> reader = tokens.verify(bearer);
        if (reader.isPresent()) {
            return anonymous ? reader.map(Caller::anonymous) : Optional.empty();
        }
        return people == null ? Optional.empty() : people.verify(bearer);
    }

    /// Who bears a key of a server's that was found good.
    Operator operator(String bearer) {
        return keys.operator(bearer);
    }

    @Override
    public @Nullable ReaderId reader(String bearer) {
        if (ApiKeyText.isMeant(bearer)) {
            return keys.remembered(bearer).map(Caller::reader).orElse(null);
        }
        Optional<ReaderId> known =
                people == null ? Optional.empty() : people.remembered(bearer).map(Caller::reader);
        return known.or(() -> anonymous ? tokens.verify(bearer) : Optional.empty())
                .orElse(null);
    }

    @Override
    public void close() {
        if (people != null) {
            people.close();
        }
    }
}
