package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitePathTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "intro.md,                     -,                        intro",
                "01-intro.md,                  -,                        intro",
                "02-guide/03_first steps.mdx,  -,                        guide/first steps",
                "guide/index.md,               -,                        guide/",
                "guide/README.md,              -,                        guide/",
                "guide/Guide.md,               -,                        guide/",
                "index.md,                     -,                        ''",
                "2024-01-02-news.md,           -,                        2024-01-02-news",
                "1.2.3-release.md,             -,                        1.2.3-release",
                "guide/a.md,                   slug: /start,             start",
                "guide/a.md,                   slug: start,              guide/start",
                "guide/a.md,                   slug: ../start,           start",
                "guide/a.md,                   slug: /,                  ''",
                "guide/01-a.md,                id: other,                guide/other",
                "guide/01-a.md,                '{id: other, slug: /x}',  x",
            })
    void shows_pages_where_Docusaurus_does(String file, String frontMatter, String address) {
        FrontMatter fields = frontMatter == null ? FrontMatter.none() : FrontMatter.ofFile(file, frontMatter);

        assertThat(SitePath.of(file, fields)).isEqualTo(address);
    }
}
