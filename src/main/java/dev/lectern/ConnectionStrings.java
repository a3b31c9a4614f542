package dev.lectern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lectern.neon.InvalidNeonUrlException;
import dev.lectern.neon.NeonUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads connection strings of the configuration; an empty one is none. What is wrong with one is said without its
/// password.
final class ConnectionStrings extends StdScalarDeserializer<NeonUrl> {

    private static final long serialVersionUID = 1L;

    private ConnectionStrings() {
        super(NeonUrl.class);
    }

    static SimpleModule module() {
        return new SimpleModule("connection-strings").addDeserializer(NeonUrl.class, new ConnectionStrings());
    }

    @Override
    public @Nullable NeonUrl deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText();
        if (text.isBlank()) {
            return null;
        }
        try {
            return NeonUrl.parse(text);
        } catch (InvalidNeonUrlException e) {
            throw JsonMappingException.from(context, e.getMessage());
        }
    }
}
