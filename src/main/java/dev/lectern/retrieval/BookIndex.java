package dev.lectern.retrieval;

import dev.lectern.book.Book;
import dev.lectern.book.Embedding;
import dev.lectern.book.Passage;
import dev.lectern.retrieval.AnalyzedPassages.Analyzed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;

/// One version of a book, ready to be searched; immutable, in memory alone.
final class BookIndex {

    /// Title, headings and body.
    private static final String ALL = "all";

    /// Title and headings once more.
    private static final String TITLE = "title";

    private static final float TITLE_WEIGHT = 0.6f;
    private static final BM25Similarity BM25 = new BM25Similarity(1.5f, 0.75f);

    private final Book book;
    private final List<Passage> passages;
    private final AnalyzedPassages analyzed;
    private final IndexSearcher searcher;

    private BookIndex(Book book, BookAnalyzer analyzer, IndexSearcher searcher) {
        this.book = book;
        this.passages = List.copyOf(book.passages());
        this.analyzed = new AnalyzedPassages(passages, analyzer);
        this.searcher = searcher;
    }

    static BookIndex of(Book book, BookAnalyzer analyzer) {
        try {
            // Never closed: it is memory and nothing else, and a search may still be reading it.
            ByteBuffersDirectory memory = new ByteBuffersDirectory();
            IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(BM25);
            try (IndexWriter writer = new IndexWriter(memory, config)) {
                // One block: the numbers of the documents are then those of the passages.
                writer.addDocuments(
                        book.passages().stream().map(BookIndex::document).toList());
            }
            IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(memory));
            searcher.setSimilarity(BM25);
            searcher.setQueryCache(null);
            return new BookIndex(book, analyzer, searcher);
        } catch (IOException e) {
            throw new UncheckedIOException("A book in memory cannot be indexed", e);
        }
    }

    private static Document document(Passage passage) {
        String title = passage.chapterTitle() + "\n" + String.join("\n", passage.headings());
        FieldType withTerms = new FieldType();
        withTerms.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        withTerms.setStoreTermVectors(true);
        withTerms.freeze();
        Document document = new Document();
        document.add(new Field(ALL, title + "\n" + passage.text(), withTerms));
        document.add(new TextField(TITLE, title, Field.Store.NO));
        return document;
    }

    Book book() {
        return book;
    }

    List<Passage> passages() {
        return passages;
    }

    Analyzed analyzed(int passage) {
        return analyzed.get(passage);
    }

    /// Writes the BM25 score of each passage to `scores`, from `offset` on; 0 where no term matches.
    void score(Map<String, Double> terms, double[] scores, int offset) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        terms.forEach((term, weight) -> {
            query.add(boosted(ALL, term, weight), Occur.SHOULD);
            query.add(boosted(TITLE, term, weight * TITLE_WEIGHT), Occur.SHOULD);
        });
        try {
            Weight weight = searcher.createWeight(searcher.rewrite(query.build()), ScoreMode.COMPLETE, 1);
            for (LeafReaderContext leaf : searcher.getLeafContexts()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer != null) {
                    DocIdSetIterator matches = scorer.iterator();
                    while (matches.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                        scores[offset + leaf.docBase + matches.docID()] = scorer.score();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A book in memory cannot be searched", e);
        }
    }

    private static BoostQuery boosted(String field, String term, double weight) {
        return new BoostQuery(new TermQuery(new Term(field, term)), (float) weight);
    }

    /// Writes the cosine of each passage with the query to `scores`, from `offset` on.
    void similarity(Embedding query, double[] scores, int offset) {
        for (int i = 0; i < passages.size(); i++) {
            scores[offset + i] = passages.get(i).embedding().similarity(query);
        }
    }

    /// The terms of a passage and how large a share of it each is.
    Map<String, Double> terms(int passage) {
        try {
            Terms vector = searcher.getIndexReader().termVectors().get(passage, ALL);
            Map<String, Double> terms = new HashMap<>();
            if (vector == null) {
                return terms;
            }
            List<String> names = new ArrayList<>();
            List<Long> counts = new ArrayList<>();
            long length = 0;
            TermsEnum each = vector.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                names.add(term.utf8ToString());
                counts.add(each.totalTermFreq());
                length += each.totalTermFreq();
            }
            for (int i = 0; i < names.size(); i++) {
                terms.put(names.get(i), (double) counts.get(i) / length);
            }
            return terms;
        } catch (IOException e) {
            throw new UncheckedIOException("A book in memory cannot be read", e);
        }
    }

    /// How much a term tells about a passage: the less, the more passages have it.
    double rarity(String term) {
        try {
            int having = searcher.getIndexReader().docFreq(new Term(ALL, term));
            return Math.log1p((passages.size() - having + 0.5) / (having + 0.5));
        } catch (IOException e) {
            throw new UncheckedIOException("A book in memory cannot be read", e);
        }
    }
}
