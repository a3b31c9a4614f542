package dev.lectern.answer;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Ids as clients write them. [UUID#fromString] alone takes more than that.
final class UuidText {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private UuidText() {}

    /// Empty where the text is no UUID.
    static Optional<UUID> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
