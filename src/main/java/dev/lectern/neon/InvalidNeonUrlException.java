package dev.lectern.neon;

/// A connection string that cannot be used. The message is one line that says what is wrong, without any part of
/// the password.
public final class InvalidNeonUrlException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidNeonUrlException(String message) {
        super(message);
    }
}
