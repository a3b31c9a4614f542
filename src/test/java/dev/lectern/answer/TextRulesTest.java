package dev.lectern.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.conversation.Citation;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Question;
import dev.lectern.problem.Problem.FieldError;
import dev.lectern.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What requests and answers may hold, and what is read from them.
class TextRulesTest {

    @Test
    void a_question_may_be_as_long_as_the_contract_says_counted_in_characters() {
        assertThat(question(new AskRequest("😀".repeat(4_000), "s".repeat(8_000), "/" + "p".repeat(2_047)))
                        .text())
                .hasSize(8_000);
        assertThat(errors(new AskRequest("q".repeat(4_001), "s".repeat(8_001), "/" + "p".repeat(2_048))))
                .extracting(FieldError::pointer)
                .containsExactly("/question", "/selected_text", "/page_url");
    }

    @Test
    void a_question_must_be_there_and_say_something() {
        assertThat(errors(null)).extracting(FieldError::pointer).containsExactly("");
        assertThat(errors(new AskRequest(null, null, null)))
                .extracting(FieldError::pointer)
                .containsExactly("/question");
        assertThat(errors(new AskRequest(" \n ", null, null)))
                .extracting(FieldError::pointer)
                .containsExactly("/question");
    }

    @Test
    void text_that_no_database_stores_is_refused() {
        assertThat(errors(new AskRequest("a\0b", "\0", "/\0")))
                .extracting(FieldError::pointer)
                .contains("/question", "/selected_text", "/page_url");
        assertThat(errors(new AskRequest("a\ud83d", null, null)))
                .extracting(FieldError::pointer)
                .containsExactly("/question");
    }

    @Test
    void what_is_empty_is_as_good_as_absent() {
        Question question = question(new AskRequest("Why?", "", " "));

        assertThat(question.selectedText()).isNull();
        assertThat(question.pageUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs/x?a=[b]|c#d", "https://book.example/ch/1", "HTTP://localhost:3000", "docs/x", "//cdn/x"})
    void a_page_is_a_web_address_or_a_path(String page) {
        assertThat(question(new AskRequest("Why?", null, page)).pageUrl()).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "file:///etc/passwd", "/docs/a b", "https://", "ftp://x/y"})
    void nothing_else_is_a_page(String page) {
        assertThat(errors(new AskRequest("Why?", null, page)))
                .extracting(FieldError::pointer)
                .containsExactly("/page_url");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "8e03978e-40d5-43dd-bc93-6894a57f9324, 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "`\"8e03978e\"`, 8e03978e",
                "`\"a \\\"b\\\" \\\\c\"`, `a \"b\" \\c`",
                "` k `, k",
                "a b, a b"
            })
    void a_key_may_be_quoted_or_bare(String header, String key) {
        assertThat(IdempotencyKey.parse(header)).isEqualTo(new IdempotencyKey(key));
    }

    @Test
    void a_key_has_128_characters_at_most_and_may_be_absent() {
        assertThat(IdempotencyKey.parse("k".repeat(128))).isNotNull();
        assertThat(IdempotencyKey.parse(null)).isNull();
        assertThatThrownBy(() -> IdempotencyKey.parse("k".repeat(129))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "\"a", "\"a\"b", "\"a\\b\"", "ключ", "a\tb", "\"a\";x=1"})
    void a_bad_key_is_refused_by_the_headers_name(String header) {
        assertThatThrownBy(() -> IdempotencyKey.parse(header)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().errors()).extracting(FieldError::pointer).containsExactly("Idempotency-Key");
        });
    }

    @Test
    void an_events_id_tells_the_answer_and_how_far_its_text_was_seen() {
        EventId id = new EventId(Fixtures.CONVERSATION, 3);

        assertThat(EventId.parse(id.toString())).isEqualTo(id);
        assertThat(id.rest("abcdef")).isEqualTo("def");
        assertThat(id.rest("ab")).isEmpty();
        assertThat(new EventId(Fixtures.CONVERSATION, 1).rest("😀b")).isEqualTo("😀b");
        assertThat(EventId.parse(null)).isNull();
        assertThat(EventId.parse("")).isNull();
        assertThatThrownBy(() -> EventId.parse("17")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> EventId.parse(Fixtures.CONVERSATION + ":-1")).isInstanceOf(ProblemException.class);
    }

    @Test
    void only_cited_passages_are_listed_under_the_numbers_that_the_text_has() {
        assertThat(cited("First [2], then [1] and [2].")).containsExactly(1, 2);
        assertThat(cited("Both [1, 2].")).containsExactly(1, 2);
        assertThat(cited("None [3] of [0] these [x] or [1-2], [999].")).isEmpty();
        assertThat(cited("Not `a[1]` nor\n```java\nb[2]\n``` but [2]")).containsExactly(2);
        assertThat(cited("Not in an open fence ```\nb[1]")).isEmpty();
    }

    private static List<Integer> cited(String text) {
        return Citations.of(text, Fixtures.HITS).stream().map(Citation::n).toList();
    }

    private static Question question(@Nullable AskRequest request) {
        return AskRequest.question(request, Fixtures.READER, Fixtures.CONVERSATION, null, () -> new UUID(0, 1));
    }

    private static List<FieldError> errors(@Nullable AskRequest request) {
        try {
            question(request);
            return List.of();
        } catch (ProblemException e) {
            return e.problem().errors();
        }
    }
}
