package dev.lectern.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// All that can be told of this process without asking the database, as a zip: for whoever is to find out what
/// happened.
///
/// @param parts what becomes JSON, or a text, by the name of its file
record Bundle(ObjectMapper json, Map<String, Callable<Object>> parts) {

    Document zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Callable<Object>> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry("lectern/" + part.getKey()));
                zip.write(content(part.getValue()));
                zip.closeEntry();
            }
        }
        return new Document("application/zip", bytes.toByteArray(), "lectern-diagnosis.zip");
    }

    private byte[] content(Callable<Object> part) throws IOException {
        try {
            return switch (part.call()) {
                case String text -> text.getBytes(UTF_8);
                case Object shown -> json.writerWithDefaultPrettyPrinter().writeValueAsBytes(shown);
            };
        } catch (IOException e) {
            throw e;
        } catch (ProblemException e) {
            return json.writeValueAsBytes(e.problem());
        } catch (Exception e) {
            // A part that cannot be had must not cost the others.
            return e.toString().getBytes(UTF_8);
        }
    }
}
