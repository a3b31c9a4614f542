package dev.lectern.book;

import dev.lectern.book.manuscript.Excerpt;
import dev.lectern.book.manuscript.Page;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A passage before it has an embedding.
///
/// @param id stable for as long as the book, the place and the text stay the same
/// @param hash of what the embedding stands for, in hexadecimal
/// @param url of the page, without the anchor
record PassageText(UUID id, String hash, Page page, Excerpt excerpt, String url) {

    private static final int VERSION_5 = 0x5000;

    /// All passages of the pages, in reading order.
    static List<PassageText> of(Edition edition, List<Page> pages) {
        List<PassageText> texts = new ArrayList<>();
        Map<String, Integer> ordinals = new HashMap<>();
        for (Page page : pages) {
            for (Excerpt excerpt : page.excerpts()) {
                String hash = HexFormat.of().formatHex(digest("SHA-256", meaning(page, excerpt)));
                String place = String.join("\0", edition.slug().value(), page.slug(), excerpt.anchor(), hash);
                int ordinal = ordinals.merge(place, 1, Integer::sum);
                texts.add(new PassageText(
                        id(place + "\0" + ordinal), hash, page, excerpt, edition.base() + page.address()));
            }
        }
        return texts;
    }

    /// What the embedding stands for: the text under its title and headings.
    String meaning() {
        return meaning(page, excerpt);
    }

    Passage with(String book, Embedding embedding) {
        return new Passage(
                id,
                book,
                page.slug(),
                page.title(),
                excerpt.headings(),
                url,
                excerpt.anchor(),
                excerpt.text(),
                embedding);
    }

    private static String meaning(Page page, Excerpt excerpt) {
        return Passages.meaning(page.title(), excerpt.headings(), excerpt.text());
    }

    /// A name-based UUID of version 5, as [RFC 9562](https://www.rfc-editor.org/rfc/rfc9562#section-5.5) has it.
    private static UUID id(String name) {
        ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", name));
        long high = hash.getLong();
        long low = hash.getLong();
        return new UUID((high & ~0xF000L) | VERSION_5, (low & (-1L >>> 2)) | (1L << 63));
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has both
        }
    }
}
