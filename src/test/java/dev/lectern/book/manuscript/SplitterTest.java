package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SplitterTest {

    private static final int BOUND = Splitter.LARGEST_BLOCK + Splitter.SMALLEST;

    private static String words(int count) {
        return sentences(count, 10);
    }

    private static String sentences(int words, int each) {
        return IntStream.range(0, words)
                .mapToObj(i -> (i % each == 0 ? "Word" : "word") + i + (i % each == each - 1 ? "." : ""))
                .collect(Collectors.joining(" "));
    }

    private static Section section(String anchor, List<String> path, Piece... pieces) {
        return new Section(path, anchor, List.of(pieces));
    }

    private static Piece prose(String text) {
        return new Piece(Piece.Kind.PROSE, text);
    }

    @Test
    void makes_one_excerpt_of_a_section_of_sensible_size() {
        List<Excerpt> excerpts = Splitter.split(
                List.of(section("a", List.of("A"), prose(words(90))), section("b", List.of("B"), prose(words(90)))));

        assertThat(excerpts).extracting(Excerpt::anchor).containsExactly("a", "b");
        assertThat(excerpts).extracting(Excerpt::headings).containsExactly(List.of("A"), List.of("B"));
    }

    @Test
    void puts_tiny_sections_together_under_what_they_have_in_common() {
        List<Excerpt> excerpts = Splitter.split(List.of(
                section("b", List.of("A", "B"), prose(words(10))),
                section("c", List.of("A", "C"), prose("End of it."))));

        assertThat(excerpts).containsExactly(new Excerpt(List.of("A"), "b", "B\n" + words(10) + "\n\nC\nEnd of it."));
    }

    @Test
    void lets_a_short_introduction_open_the_section_that_it_introduces() {
        List<Excerpt> excerpts = Splitter.split(
                List.of(section("", List.of(), prose("Hello there.")), section("a", List.of("A"), prose(words(100)))));

        assertThat(excerpts).containsExactly(new Excerpt(List.of("A"), "a", "Hello there.\n\n" + words(100)));
    }

    @Test
    void cuts_a_long_section_at_ends_of_sentences_and_repeats_the_last() {
        List<Excerpt> excerpts = Splitter.split(List.of(section("a", List.of("A"), prose(words(500)))));

        assertThat(excerpts).hasSizeBetween(3, 4).allSatisfy(excerpt -> {
            assertThat(excerpt.text()).startsWith("Word").endsWith(".");
            assertThat(excerpt.anchor()).isEqualTo("a");
        });
        String lastOfFirst = Sentences.last(excerpts.get(0).text());
        assertThat(excerpts.get(1).text()).startsWith(lastOfFirst);
    }

    @Test
    void leaves_code_and_tables_whole() {
        String code = IntStream.range(0, 60)
                .mapToObj(i -> "x" + i + " = " + i + "  # note")
                .collect(Collectors.joining("\n"));
        List<Excerpt> excerpts = Splitter.split(List.of(
                section("a", List.of("A"), prose(words(60)), new Piece(Piece.Kind.CODE, code), prose(words(60)))));

        assertThat(excerpts).anySatisfy(excerpt -> assertThat(excerpt.text()).contains(code));
    }

    @Test
    void cuts_an_over_long_table_between_rows_and_repeats_its_head() {
        String table = "Key | Value\n"
                + IntStream.range(0, 200)
                        .mapToObj(i -> "key" + i + " | value" + i)
                        .collect(Collectors.joining("\n"));
        List<Excerpt> excerpts =
                Splitter.split(List.of(section("a", List.of("A"), new Piece(Piece.Kind.TABLE, table))));

        assertThat(excerpts)
                .hasSizeGreaterThan(2)
                .allSatisfy(excerpt -> assertThat(excerpt.text()).startsWith("Key | Value\n"));
    }

    @Test
    void does_not_take_an_abbreviation_for_the_end_of_a_sentence() {
        assertThat(Sentences.of("Use pools, e.g. HikariCP. See Fig. 3 by Dr. Who. Done."))
                .containsExactly("Use pools, e.g. HikariCP. ", "See Fig. 3 by Dr. Who. ", "Done.");
    }

    @Test
    void does_not_tear_a_full_stop_from_its_word_before_an_ellipsis() {
        assertThat(Sentences.of("Foo bar. …")).containsExactly("Foo bar. …");
    }

    @Test
    void keeps_the_blanks_that_the_book_has_between_sentences_and_adds_none() {
        String japanese = "日本語の文です。".repeat(300);
        String english = "One sentence.\nAnother one. ".repeat(100).strip();

        for (String text : List.of(japanese, english)) {
            List<Excerpt> excerpts = Splitter.split(List.of(section("a", List.of("A"), prose(text))));

            assertThat(excerpts)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(excerpt -> assertThat(text).contains(excerpt.text()));
        }
    }

    @Property(tries = 300)
    void loses_no_text_and_makes_nothing_too_large(@ForAll("sections") List<Section> sections) {
        List<Excerpt> excerpts = Splitter.split(sections);

        assertThat(excerpts).allSatisfy(excerpt -> {
            assertThat(excerpt.text()).isNotBlank();
            assertThat(Piece.size(excerpt.text())).isLessThanOrEqualTo(BOUND + 40);
        });
        List<String> given = sections.stream()
                .flatMap(section -> section.pieces().stream())
                .flatMap(piece -> words(piece.text()))
                .toList();
        List<String> kept =
                excerpts.stream().flatMap(excerpt -> words(excerpt.text())).toList();
        assertThat(isSubsequence(given, kept)).isTrue();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"));
    }

    private static boolean isSubsequence(List<String> words, List<String> of) {
        int next = 0;
        for (String word : of) {
            if (next < words.size() && words.get(next).equals(word)) {
                next++;
            }
        }
        return next == words.size();
    }

    @Provide
    Arbitrary<List<Section>> sections() {
        Arbitrary<String> word = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        50, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9)),
                net.jqwik.api.Tuple.of(
                        5, Arbitraries.strings().alpha().ofLength(6).map(each -> each + ".")),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("e.g.", "Dr.", "x=1;", "日本語。", "…")));
        Arbitrary<String> line = word.list().ofMinSize(1).ofMaxSize(60).map(words -> String.join(" ", words));
        Arbitrary<String> text = line.list().ofMinSize(1).ofMaxSize(12).map(lines -> String.join("\n", lines));
        Arbitrary<Piece> piece = Combinators.combine(
                        Arbitraries.of(Piece.Kind.PROSE, Piece.Kind.ITEM, Piece.Kind.CODE, Piece.Kind.TABLE), text)
                .as(Piece::new);
        Arbitrary<List<String>> path =
                Arbitraries.of("One", "Two", "Three").list().ofMaxSize(3);
        Arbitrary<Section> section = Combinators.combine(
                        path, piece.list().ofMinSize(1).ofMaxSize(4))
                .as((headings, pieces) -> new Section(headings, String.join("-", headings), pieces));
        return section.list().ofMaxSize(5);
    }
}
