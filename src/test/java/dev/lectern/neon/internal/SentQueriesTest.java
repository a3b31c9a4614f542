package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentQueriesTest {

    @Test
    void a_statement_is_shown_in_one_line() {
        assertThat(SentQueries.summary("""

                SELECT id,
                       title
                FROM book\t-- all of them
                WHERE id = $1""")).isEqualTo("SELECT id, title FROM book -- all of them WHERE id = $1");
    }

    @Test
    void a_long_statement_is_cut_to_two_hundred_characters_and_says_so() {
        assertThat(SentQueries.summary("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(SentQueries.summary("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
    }
}
