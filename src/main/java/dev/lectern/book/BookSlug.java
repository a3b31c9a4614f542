package dev.lectern.book;

import java.util.regex.Pattern;

/// The name of a book in URLs: 1 to 64 lower-case letters, digits and hyphens.
public record BookSlug(String value) {

    /// The rule, for messages.
    public static final String RULE = "1 to 64 lower-case letters, digits and hyphens";

    /// The rule as a regular expression, for the contract.
    public static final String FORM = "^[a-z0-9-]{1,64}$";

    private static final Pattern VALID = Pattern.compile(FORM);

    /// @throws IllegalArgumentException where the rule is broken
    public BookSlug {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A book's slug is " + RULE + ".");
        }
    }

    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
