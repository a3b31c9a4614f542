package dev.lectern.answer;

import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The id of a stream's event: how far a client has come in which answer.
///
/// @param offset how much of the text the client has with this event, in UTF-16 units
record EventId(UUID answer, int offset) {

    static final String HEADER = "Last-Event-ID";

    private static final Pattern FORM = Pattern.compile("(\\S{36}):(\\d{1,9})");

    /// @throws ProblemException if there is a header that no event of ours has as its id
    static @Nullable EventId parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        Matcher matcher = FORM.matcher(header.strip());
        return Optional.of(matcher)
                .filter(Matcher::matches)
                .flatMap(form -> Input.uuid(form.group(1)))
                .map(answer -> new EventId(answer, Integer.parseInt(matcher.group(2))))
                .orElseThrow(() -> ProblemException.invalid(HEADER, "must be the id of an event of this stream"));
    }

    /// What the client does not have yet of a text.
    String rest(String text) {
        int from = Math.min(offset, text.length());
        boolean withinCharacter = from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from));
        return text.substring(withinCharacter ? from - 1 : from);
    }

    @Override
    public String toString() {
        return answer + ":" + offset;
    }
}
