package dev.lectern.book.manuscript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads YAML with the tags that MkDocs adds to it, which construct nothing here: `!!python/name:a.b` is the text
/// `python/name:a.b`, and `!ENV NAME` an empty one, because nobody who sends a book shall read the environment.
final class TaggedYaml extends JsonParserDelegate {

    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final String PYTHON = STANDARD + "python/";

    TaggedYaml(JsonParser yaml) {
        super(yaml);
    }

    @Override
    public String getText() throws IOException {
        @Nullable Object tag = currentToken() == JsonToken.VALUE_STRING ? getTypeId() : null;
        if ("ENV".equals(tag)) {
            return "";
        }
        return tag instanceof String name && name.startsWith(PYTHON)
                ? name.substring(STANDARD.length())
                : super.getText();
    }
}
