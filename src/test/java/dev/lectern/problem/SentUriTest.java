package dev.lectern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SentUriTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/api/v1/books/ubungen, none",
                "/b%C3%BCcher/%F0%9F%98%80, q=%C3%BC+b%26c&book=&limit",
                "/, q=\u00fc%20b",
                "/, q=%EF%BF%BD",
                "*, ''",
                "none, none"
            })
    void text_is_no_error(String path, String query) {
        assertThat(new SentUri(path, query).errors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_text_is_named(String path, String query, String pointer, String detail) {
        assertThat(new SentUri(path, query).errors()).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.detail()).contains(detail);
        });
    }

    static Stream<Arguments> what_is_no_text_is_named() {
        return Stream.of(
                Arguments.of("/", "q=%zz", "q", "two hexadecimal digits"),
                Arguments.of("/", "limit=1&q=a%", "q", "two hexadecimal digits"),
                Arguments.of("/", "q=%c", "q", "two hexadecimal digits"),
                Arguments.of("/", "q=%ff", "q", "is not UTF-8"),
                Arguments.of("/", "q=%C0%80", "q", "is not UTF-8"),
                Arguments.of("/", "q=%ED%A0%80", "q", "is not UTF-8"),
                Arguments.of("/", "q=%E2%82", "q", "is not UTF-8"),
                Arguments.of("/", "q=a\uFFFDb", "q", "is not UTF-8"),
                Arguments.of("/", "q=a%00", "q", "NUL"),
                Arguments.of("/", "a%20b=%00", "a b", "NUL"),
                Arguments.of("/", "%ff", "%ff", "is not UTF-8"),
                Arguments.of("/books/%zz", null, "path", "segment 2 has a %"),
                Arguments.of("/%00/b", null, "path", "segment 1 must be"));
    }

    @Test
    void everything_is_told_at_once() {
        assertThat(new SentUri("/%zz/%00", "a=%ff&b=1&c=%0").errors())
                .extracting(Problem.FieldError::pointer)
                .containsExactly("path", "path", "a", "c");
    }
}
