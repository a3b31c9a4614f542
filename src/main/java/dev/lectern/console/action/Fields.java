package dev.lectern.console.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.problem.Problem.FieldError;
import dev.lectern.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The members of an action's request, read one by one. What is wrong with them is told together, at the end.
public final class Fields {

    private static final int LONGEST_TEXT = 200;

    private final ObjectNode members;
    private final List<FieldError> errors = new ArrayList<>();

    /// @param members are taken out as they are read
    public Fields(ObjectNode members) {
        this.members = members;
    }

    /// A whole number that must be there; the least where it is not valid.
    int number(String name, int least, int most) {
        Integer given = optionalNumber(name, least, most);
        if (given == null && errors.stream().noneMatch(error -> error.pointer().equals("/" + name))) {
            refuse(name, "must be a whole number from " + least + " to " + most);
        }
        return given == null ? least : given;
    }

    /// A whole number, or null.
    @Nullable
    Integer optionalNumber(String name, int least, int most) {
        JsonNode node = take(name);
        if (node == null) {
            return null;
        }
        if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least && node.intValue() <= most) {
            return node.intValue();
        }
        refuse(name, "must be a whole number from " + least + " to " + most);
        return null;
    }

    /// Whether it is said and true.
    public boolean flag(String name) {
        JsonNode node = take(name);
        if (node != null && !node.isBoolean()) {
            refuse(name, "must be true or false");
        }
        return node != null && node.asBoolean();
    }

    /// A short text, or null.
    public @Nullable String text(String name) {
        JsonNode node = take(name);
        if (node == null) {
            return null;
        }
        String text = node.isTextual() ? node.textValue().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            refuse(name, "must be a text of 1 to " + LONGEST_TEXT + " characters in one line");
            return null;
        }
        return text;
    }

    /// One of some words; null, and told of, where it is none of them.
    @Nullable
    String word(String name, Collection<String> words) {
        JsonNode node = take(name);
        if (node != null && node.isTextual() && words.contains(node.textValue())) {
            return node.textValue();
        }
        refuse(name, "must be one of " + String.join(", ", words));
        return null;
    }

    void refuse(String name, String detail) {
        errors.add(new FieldError("/" + name, detail));
    }

    /// All has been read.
    ///
    /// @throws ProblemException which names what is not valid or not known
    public void end() {
        members.fieldNames()
                .forEachRemaining(name ->
                        refuse(name.replace("~", "~0").replace("/", "~1"), "is not a known member of this action"));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private @Nullable JsonNode take(String name) {
        JsonNode node = members.remove(name);
        return node == null || node.isNull() ? null : node;
    }
}
