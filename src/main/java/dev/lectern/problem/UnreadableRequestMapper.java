package dev.lectern.problem;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.EOFException;
import java.util.zip.ZipException;

/// Answers 400 where a header, or the body's encoding, is not what it says it is.
///
/// @param <E> what tells of it
abstract sealed class UnreadableRequestMapper<E extends Throwable> implements ExceptionMapper<E> {

    private final Response response;

    private UnreadableRequestMapper(String detail) {
        this.response = Refusal.of(Problem.of(400, "invalid-request", "The request is not valid", detail));
    }

    @Override
    public Response toResponse(E exception) {
        return Response.fromResponse(response).build();
    }

    /// A header that cannot be parsed.
    static final class Header extends UnreadableRequestMapper<ProcessingException> {
        Header() {
            super("A header cannot be read.");
        }
    }

    /// A body that is not compressed as `Content-Encoding` says.
    static final class Encoding extends UnreadableRequestMapper<ZipException> {
        Encoding() {
            super("The body is not encoded as its Content-Encoding says.");
        }
    }

    /// A body that ends before its `Content-Length`.
    static final class Length extends UnreadableRequestMapper<EOFException> {
        Length() {
            super("The body ends before its Content-Length.");
        }
    }
}
