package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WordPieceTokenizerTest {

    private final WordPieceTokenizer tokenizer = new WordPieceTokenizer(Map.of(
            "[CLS]", 1, "[SEP]", 2, "[UNK]", 3, "pool", 4, "##ing", 5, "##s", 6, ".", 7, "cafe", 8, "_", 9, "本", 10));

    @Test
    void a_word_is_its_longest_known_pieces() {
        assertThat(tokenizer.encode("pool pools pooling", 100)).containsExactly(1, 4, 4, 6, 4, 5, 2);
    }

    @Test
    void case_and_accents_do_not_count() {
        assertThat(tokenizer.encode("POOL Café", 100)).containsExactly(1, 4, 8, 2);
    }

    @Test
    void punctuation_and_ideographs_stand_alone() {
        assertThat(tokenizer.encode("pool.pool_本本", 100)).containsExactly(1, 4, 7, 4, 9, 10, 10, 2);
    }

    @Test
    void what_is_unknown_is_one_piece() {
        assertThat(tokenizer.encode("xyz pool " + "pool".repeat(30), 100)).containsExactly(1, 3, 4, 3, 2);
    }

    @Test
    void control_characters_are_dropped_and_any_space_separates() {
        assertThat(tokenizer.encode("po\u0000ol\u00a0pool\tpool\u200b", 100)).containsExactly(1, 4, 4, 4, 2);
    }

    @Test
    void a_long_text_is_cut_off() {
        assertThat(tokenizer.encode("pool ".repeat(500), 5)).containsExactly(1, 4, 4, 4, 2);
    }

    @Property(tries = 300)
    void any_text_becomes_pieces_between_the_marks_and_within_the_limit(
            @ForAll String text, @ForAll @IntRange(min = 2, max = 200) int limit) {
        long[] ids = tokenizer.encode(text, limit);

        assertThat(ids).hasSizeBetween(2, limit).startsWith(1).endsWith(2);
    }

    @Test
    void the_vocabulary_is_read_from_a_tokenizer_file() throws IOException {
        String json = """
                {"version": "1.0", "model": {"type": "WordPiece",
                 "vocab": {"[CLS]": 7, "[SEP]": 8, "[UNK]": 9, "a": 10}}}""";

        assertThat(WordPieceTokenizer.read(stream(json)).encode("a b", 10)).containsExactly(7, 10, 9, 8);
    }

    @Test
    void a_file_without_a_vocabulary_is_refused() {
        assertThatThrownBy(() -> WordPieceTokenizer.read(stream("{}"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new WordPieceTokenizer(Map.of())).hasMessageContaining("[CLS]");
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
