package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answer.EventIdFuzz;
import dev.lectern.book.manuscript.ManuscriptFuzz;
import dev.lectern.book.manuscript.PageFuzz;
import dev.lectern.cli.ArrivalTraceFuzz;
import dev.lectern.conversation.IdempotencyKeyFuzz;
import dev.lectern.neon.ConnectionStringFuzz;
import dev.lectern.paging.PageRequestFuzz;
import dev.lectern.problem.JsonBodyFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What `bin/fuzz` looks for in millions of inputs, tried on those that are kept: seeds, and what it once found.
class FuzzTargetsTest {

    private static final Path CORPORA = Path.of("src/test/resources/dev/lectern/fuzz");

    private interface Target {
        void take(byte[] input) throws IOException;
    }

    private static final Map<String, Target> TARGETS = Map.of(
            "url", ConnectionStringFuzz::fuzzerTestOneInput,
            "page", PageFuzz::fuzzerTestOneInput,
            "manuscript", ManuscriptFuzz::fuzzerTestOneInput,
            "json", JsonBodyFuzz::fuzzerTestOneInput,
            "cursor", PageRequestFuzz::fuzzerTestOneInput,
            "key", IdempotencyKeyFuzz::fuzzerTestOneInput,
            "event", EventIdFuzz::fuzzerTestOneInput,
            "trace", ArrivalTraceFuzz::fuzzerTestOneInput);

    static List<Arguments> inputs() throws IOException {
        List<Arguments> inputs = new ArrayList<>();
        for (String target : TARGETS.keySet()) {
            try (Stream<Path> files = Files.list(CORPORA.resolve(target))) {
                files.sorted().forEach(file -> inputs.add(Arguments.of(target, file)));
            }
        }
        return inputs;
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_kept_input_keeps_its_property(String target, Path file) throws IOException {
        Objects.requireNonNull(TARGETS.get(target)).take(Files.readAllBytes(file));
    }

    @Test
    void the_script_knows_every_target() throws IOException {
        String script = Files.readString(Path.of("bin/fuzz"));

        assertThat(TARGETS.keySet()).allSatisfy(target -> assertThat(script).contains("\n    " + target + ") "));
    }
}
