package dev.lectern.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// English words by their stems, and the identifiers of programs whole and in parts.
final class BookAnalyzer extends Analyzer {

    /// A term where it stands in a text.
    record Occurrence(String term, int start, int end) {}

    /// An identifier says more exactly than a word what is meant.
    private static final double IDENTIFIER_WEIGHT = 2;

    @Override
    protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer words = new StandardTokenizer();
        TokenStream terms = new IdentifierFilter(new EnglishPossessiveFilter(words));
        terms = new StopFilter(new LowerCaseFilter(terms), EnglishAnalyzer.getDefaultStopSet());
        return new TokenStreamComponents(words, new PorterStemFilter(terms));
    }

    /// The first `limit` distinct terms of a text, each with how much it counts, the sum being 1.
    Map<String, Double> weights(String text, int limit) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Occurrence occurrence : occurrences(text)) {
            if (weights.size() == limit && !weights.containsKey(occurrence.term())) {
                continue;
            }
            boolean identifier = IdentifierFilter.isIdentifier(text.substring(occurrence.start(), occurrence.end()));
            weights.merge(occurrence.term(), identifier ? IDENTIFIER_WEIGHT : 1, Double::sum);
        }
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        weights.replaceAll((term, weight) -> weight / sum);
        return weights;
    }

    /// The terms of a text in their order.
    List<Occurrence> occurrences(String text) {
        List<Occurrence> found = new ArrayList<>();
        try (TokenStream stream = tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                found.add(new Occurrence(term.toString(), place.startOffset(), place.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read", e);
        }
        return found;
    }
}
