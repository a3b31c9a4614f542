package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.LecternApplication;
import dev.lectern.LecternConfiguration;
import dev.lectern.testing.Resources;
import io.dropwizard.core.setup.Bootstrap;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// The body of any request is refused by the place and the kind of its flaw, in few words, or is the same once
/// more when it is written and read again.
public final class JsonBodyFuzz {

    private static final int LONGEST_DETAIL = 200;
    private static final ObjectMapper JSON = applicationsOwn();
    private static final List<Class<?>> BODIES = Resources.bodies();

    private JsonBodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        for (Class<?> type : BODIES) {
            Object body;
            try {
                body = JSON.readValue(input, type);
            } catch (JsonProcessingException e) {
                JsonFlaw flaw = JsonFlaw.of(e);
                assertThat(flaw.detail()).isNotBlank().hasSizeLessThan(LONGEST_DETAIL);
                assertThat(JsonPointer.compile(flaw.pointer())).hasToString(flaw.pointer());
                continue;
            } catch (CharConversionException e) {
                // That this is a 400, too, is for InputLimitsIT to say.
                continue;
            }
            if (body != null) {
                assertThat(JSON.readValue(JSON.writeValueAsBytes(body), type)).isEqualTo(body);
            }
        }
    }

    private static ObjectMapper applicationsOwn() {
        LecternApplication application = new LecternApplication(InstantSource.system());
        Bootstrap<LecternConfiguration> bootstrap = new Bootstrap<>(application);
        application.initialize(bootstrap);
        return bootstrap.getObjectMapper();
    }
}
