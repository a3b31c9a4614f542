package dev.lectern.neon;

/// A value that must not be seen in logs: its text form is masked.
///
/// @param value the value itself
public record Secret(String value) {

    private static final String MASK = "****";

    @Override
    public String toString() {
        return MASK;
    }
}
