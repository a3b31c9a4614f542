package dev.lectern.book;

import dev.lectern.book.manuscript.Heading;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/// How books are written to disk: fields in the order of their records, texts and lists after their length.
final class ShelfFormat {

    private ShelfFormat() {}

    static void write(DataOutputStream out, Shelf shelf) throws IOException {
        out.writeLong(shelf.revision());
        out.writeInt(shelf.books().size());
        for (Book book : shelf.books().values()) {
            write(out, book);
            write(out, Objects.requireNonNull(shelf.editions().get(book.slug())));
        }
    }

    static Shelf readShelf(DataInputStream in) throws IOException {
        long revision = in.readLong();
        TreeMap<String, Book> books = new TreeMap<>();
        Map<String, UUID> editions = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Book book = readBook(in);
            books.put(book.slug(), book);
            editions.put(book.slug(), readId(in));
        }
        return new Shelf(revision, books, editions);
    }

    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, Book book) throws IOException {
        write(out, book.slug());
        write(out, book.title());
        write(out, book.baseUrl() == null ? "" : book.baseUrl().toString());
        out.writeLong(book.version());
        out.writeInt(book.chapters().size());
        for (Chapter chapter : book.chapters()) {
            write(out, chapter);
        }
        out.writeInt(book.passages().size());
        for (Passage passage : book.passages()) {
            write(out, passage);
        }
    }

    private static Book readBook(DataInputStream in) throws IOException {
        String slug = readText(in);
        String title = readText(in);
        String baseUrl = readText(in);
        long version = in.readLong();
        List<Chapter> chapters = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            chapters.add(readChapter(in));
        }
        List<Passage> passages = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            passages.add(readPassage(in, slug));
        }
        return new Book(
                slug,
                title,
                baseUrl.isEmpty() ? null : URI.create(baseUrl),
                version,
                List.copyOf(chapters),
                List.copyOf(passages));
    }

    private static void write(DataOutputStream out, Chapter chapter) throws IOException {
        write(out, chapter.slug());
        write(out, chapter.title());
        write(out, chapter.url());
        write(out, chapter.markdown());
        out.writeInt(chapter.headings().size());
        for (Heading heading : chapter.headings()) {
            out.writeInt(heading.level());
            write(out, heading.title());
            write(out, heading.anchor());
        }
    }

    private static Chapter readChapter(DataInputStream in) throws IOException {
        String slug = readText(in);
        String title = readText(in);
        String url = readText(in);
        String markdown = readText(in);
        List<Heading> headings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            headings.add(new Heading(in.readInt(), readText(in), readText(in)));
        }
        return new Chapter(slug, title, url, markdown, List.copyOf(headings));
    }

    private static void write(DataOutputStream out, Passage passage) throws IOException {
        write(out, passage.id());
        write(out, passage.chapter());
        write(out, passage.chapterTitle());
        out.writeInt(passage.headings().size());
        for (String heading : passage.headings()) {
            write(out, heading);
        }
        write(out, passage.url());
        write(out, passage.anchor());
        write(out, passage.text());
        byte[] embedding = StoredEmbedding.bytes(passage.embedding());
        out.writeInt(embedding.length);
        out.write(embedding);
    }

    private static Passage readPassage(DataInputStream in, String book) throws IOException {
        UUID id = readId(in);
        String chapter = readText(in);
        String chapterTitle = readText(in);
        List<String> headings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            headings.add(readText(in));
        }
        String url = readText(in);
        String anchor = readText(in);
        String text = readText(in);
        Embedding embedding = StoredEmbedding.of(in.readNBytes(in.readInt()));
        return new Passage(id, book, chapter, chapterTitle, List.copyOf(headings), url, anchor, text, embedding);
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
