package dev.lectern.llm.openai;

import dev.langchain4j.exception.HttpException;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Translates what went wrong on the way to the server. The text of a server is never passed on: it may repeat the
/// question, or the key.
final class ServerFailure {

    private ServerFailure() {}

    static LanguageModelException translate(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, f -> f != null, Throwable::getCause)
                .limit(20)
                .toList();
        // TLS wraps what its socket throws.
        return first(causes, HttpTimeoutException.class::isInstance)
                .or(() -> first(causes, f -> f instanceof IOException || f instanceof HttpException))
                .map(ServerFailure::known)
                .orElseGet(() -> new LanguageModelException(
                        Reason.UNAVAILABLE,
                        "the server's answer cannot be read ("
                                + failure.getClass().getSimpleName() + ")",
                        null));
    }

    private static Optional<Throwable> first(List<Throwable> causes, Predicate<Throwable> wanted) {
        return causes.stream().filter(wanted).findFirst();
    }

    private static LanguageModelException known(Throwable failure) {
        return switch (failure) {
            case HttpException http -> new LanguageModelException(reason(http.statusCode()), answered(http), null);
            case HttpTimeoutException timeout ->
                new LanguageModelException(Reason.TIMEOUT, "the server took too long: " + timeout.getMessage(), null);
            case com.fasterxml.jackson.core.JacksonException malformed ->
                new LanguageModelException(
                        Reason.UNAVAILABLE,
                        "the server's answer is not JSON ("
                                + malformed.getClass().getSimpleName() + ")",
                        null);
            default -> new LanguageModelException(Reason.UNAVAILABLE, "the server cannot be reached", failure);
        };
    }

    private static String answered(HttpException failure) {
        String code =
                failure.getMessage() == null || failure.getMessage().isEmpty() ? "" : " (" + failure.getMessage() + ")";
        return "the server answered " + failure.statusCode() + code;
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401, 403, 404, 405 -> Reason.MISCONFIGURED;
            case 402, 429 -> Reason.RATE_LIMITED;
            case 408, 504 -> Reason.TIMEOUT;
            default -> status >= 500 ? Reason.UNAVAILABLE : status >= 400 ? Reason.REFUSED : Reason.MISCONFIGURED;
        };
    }
}
