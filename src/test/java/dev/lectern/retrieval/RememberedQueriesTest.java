package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.book.Embedding;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RememberedQueriesTest {

    @Test
    void a_query_is_embedded_once_but_tried_again_where_that_failed() {
        Embedding vector = Texts.embed("pool");
        Queue<Optional<Embedding>> answers = new ArrayDeque<>(List.of(Optional.empty(), Optional.of(vector)));
        QueryEmbedder queries = new RememberedQueries(text -> answers.remove());

        assertThat(queries.embedQuery("pool")).isEmpty();
        assertThat(queries.embedQuery("pool")).containsSame(vector);
        assertThat(queries.embedQuery("pool")).containsSame(vector);
        assertThat(answers).isEmpty();
    }
}
