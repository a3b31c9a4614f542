package dev.lectern.book.manuscript;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// How the [toc extension](https://python-markdown.github.io/extensions/toc/) of Python-Markdown makes an anchor of a
/// title.
enum TocSlug {

    /// `slugify`, which it uses unless it is told otherwise.
    ASCII {
        @Override
        String of(String title) {
            String plain = Normalizer.normalize(title, Normalizer.Form.NFKD);
            return hyphenated(NOT_ASCII.matcher(plain).replaceAll(""));
        }
    },

    /// `slugify_unicode`.
    UNICODE {
        @Override
        String of(String title) {
            return hyphenated(title);
        }
    },

    /// [`pymdownx.slugs.slugify`](https://facelessuser.github.io/pymdown-extensions/extras/slugs/) in lower case.
    PYMDOWN {
        @Override
        String of(String title) {
            return PYMDOWN_CASED.of(title.toLowerCase(Locale.ROOT));
        }
    },

    /// The same, in the case of the title.
    PYMDOWN_CASED {
        @Override
        String of(String title) {
            String plain = Normalizer.normalize(title, Normalizer.Form.NFC);
            String visible = TAG.matcher(plain).replaceAll("").strip();
            return NO_WORD_OR_BLANK.matcher(visible).replaceAll("").replace(' ', '-');
        }
    };

    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7F]");
    private static final Pattern NO_WORD_OR_SPACE =
            Pattern.compile("[^\\p{L}\\p{N}_\\s-]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NO_WORD_OR_BLANK = Pattern.compile("[^\\p{L}\\p{N}_ -]");
    private static final Pattern SPACES = Pattern.compile("[\\s-]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern TAG = Pattern.compile("</?[^>]*+>");

    abstract String of(String title);

    private static String hyphenated(String title) {
        String words = NO_WORD_OR_SPACE.matcher(title).replaceAll("").strip().toLowerCase(Locale.ROOT);
        return SPACES.matcher(words).replaceAll("-");
    }
}
