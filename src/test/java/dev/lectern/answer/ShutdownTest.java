package dev.lectern.answer;

import static dev.lectern.answer.TestReader.WHY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.answer.TestReader.Stream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ShutdownTest {

    @Test
    void an_answer_in_the_making_is_stored_when_the_server_stops_and_its_reader_is_told() throws Exception {
        try (TestServer server = TestServer.started()) {
            server.answering(ScriptedModel.hangingAfter("So far."));
            try (Stream stream = server.reader.stream(WHY)) {
                stream.next();
                stream.next();

                Thread stopping = Thread.ofVirtual().start(server::close);

                JsonNode done = stream.rest().getLast().data();
                assertThat(done.at("/stopped").asBoolean()).isTrue();
                assertThat(done.at("/saved").asBoolean()).isTrue();
                stopping.join();
            }
        }
    }
}
