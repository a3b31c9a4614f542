package dev.lectern.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditionTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "with space", "under_score", "a/b", "ü"})
    void refuses_slugs_that_break_the_rule(String slug) {
        assertThatIllegalArgumentException().isThrownBy(() -> Edition.of(slug, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> Edition.of("a".repeat(65), null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "ftp://a.example",
                "https:///x",
                "javascript:x",
                "https://a.example/?q",
                "https://a.example/#x",
                "a b"
            })
    void refuses_base_urls_that_are_no_addresses_of_sites(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Edition.of("a", null, url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\uD800", "\uDC00\uD800"})
    void refuses_titles_that_cannot_be_stored(String title) {
        assertThatIllegalArgumentException().isThrownBy(() -> Edition.of("a", title, null));
    }

    @Test
    void ends_the_base_with_one_slash() {
        assertThat(Edition.of("a", " T ", "https://a.example/docs").base()).isEqualTo("https://a.example/docs/");
        assertThat(Edition.of("a", " T ", "https://a.example/docs/").base()).isEqualTo("https://a.example/docs/");
        assertThat(Edition.of("a", " ", " ").base()).isEqualTo("/");
        assertThat(Edition.of("a", " ", " ").title()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Edition.of("a", "x".repeat(201), null));
    }

    @Test
    void a_title_is_200_characters_at_most_of_any_plane() {
        assertThat(Edition.of("a", "😀".repeat(200), null).title()).contains("😀".repeat(200));
        assertThatIllegalArgumentException().isThrownBy(() -> Edition.of("a", "😀".repeat(201), null));
    }
}
