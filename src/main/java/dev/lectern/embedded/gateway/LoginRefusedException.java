package dev.lectern.embedded.gateway;

/// A login that fails; the client reads the message.
final class LoginRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    LoginRefusedException(String message) {
        super(message, null, false, false);
    }

    /// What the client reads.
    String text() {
        return String.valueOf(getMessage());
    }
}
