package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @ParameterizedTest
    @CsvSource({
        "https://books.example/docs/pools, https://books.example/docs/pools",
        "https://books.example/docs/pools/?x=1#sizes, /docs/pools",
        "/docs/pools.html, docs/pools",
        "https://site.example/en/docs/pools/index.html, /docs/pools",
        "https://site.example/, /",
    })
    void the_same_page_written_otherwise(String reader, String chapter) {
        assertThat(page(reader).shows(page(chapter))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/docs/pools, /docs/pool", "/docs/whirlpools, /pools", "/docs/pools, /", "/docs, /docs/pools"})
    void other_pages(String reader, String chapter) {
        assertThat(page(reader).shows(page(chapter))).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "http://[", "mailto:a@b.example"})
    void no_page_at_all(String url) {
        assertThat(Page.of(url)).isNull();
    }

    private static Page page(String url) {
        return Objects.requireNonNull(Page.of(url));
    }
}
