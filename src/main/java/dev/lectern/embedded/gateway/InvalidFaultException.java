package dev.lectern.embedded.gateway;

/// A fault that cannot be, since a value of it is not what it must be.
public final class InvalidFaultException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidFaultException(String field, String detail) {
        super(detail);
        this.field = field;
    }

    /// The name of the value.
    public String field() {
        return field;
    }

    /// What it must be.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
