package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateRetrievalCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final EvaluateRetrievalCommand command =
            new EvaluateRetrievalCommand(new PrintStream(printed, true, StandardCharsets.UTF_8), new ObjectMapper());

    @TempDir
    Path dataset;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(dataset.resolve("qrels"));
        Files.writeString(dataset.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "Bread", "text": "Bake the loaf in a hot oven for an hour."}
                {"_id": "d2", "title": "Pools", "text": "A pool keeps connections to the database open."}

                {"_id": "d3", "text": "Whales are mammals that live in the sea."}
                """);
        Files.writeString(dataset.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "how long does a loaf stay in the oven"}
                {"_id": "q2", "text": "what is a connection pool"}
                {"_id": "q3", "text": "nobody judged this"}
                """);
        Files.writeString(dataset.resolve("qrels/test.tsv"), """
                query-id	corpus-id	score
                q1	d1	2
                q2	d2	1
                q2	d3	0
                """);
    }

    @Test
    void the_figures_of_each_leg_are_printed() throws Exception {
        run("--dataset", dataset.toString());

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("3 documents, 2 questions")
                .containsPattern("fused +1\\.0000 +1\\.0000 +1\\.0000 +1\\.0000")
                .contains("fused against BM25");
    }

    @Test
    void or_as_json() throws Exception {
        run("--dataset", dataset.toString(), "--json");

        JsonNode json = new ObjectMapper().readTree(printed.toByteArray());
        assertThat(json.at("/fused/ndcg10").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(json.at("/fused_against_dense/p_value").asDouble()).isEqualTo(1);
        assertThat(json.at("/median_search_ms").asDouble()).isPositive();
    }

    @Test
    void a_missing_file_is_named() throws IOException {
        Files.delete(dataset.resolve("corpus.jsonl"));

        assertThatThrownBy(() -> run("--dataset", dataset.toString())).hasMessageContaining("corpus.jsonl");
    }

    @Test
    void a_bad_line_is_named() throws IOException {
        Files.writeString(dataset.resolve("corpus.jsonl"), "{\"_id\": \"d1\", \"text\": \"x\"}\n{\"_id\": 2}\n");
        assertFails("corpus.jsonl:2: text is missing");

        Files.writeString(dataset.resolve("corpus.jsonl"), "not json\n");
        assertFails("corpus.jsonl:1: is not JSON");

        Files.writeString(dataset.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\tgood\n");
        assertFails("test.tsv:2: is not question, document and grade");
    }

    @Test
    void a_collection_without_judgements_is_refused() throws IOException {
        Files.writeString(dataset.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\n");

        assertFails("no questions with judgements");
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> run("--dataset", dataset.toString()))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(message);
    }

    private void run(String... arguments) throws Exception {
        TypedCommand.run(command, arguments);
    }
}
