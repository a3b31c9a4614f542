package dev.lectern.llm.extractive;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.util.List;
import java.util.function.Consumer;

/// A language model without a network or a key: it answers in the book's own words, with the best sentences of the
/// passages, and says so where they do not support an answer.
///
/// It follows no orders, because it understands none: neither the reader's nor a passage's.
public final class ExtractiveModel implements LanguageModel {

    @Override
    public String name() {
        return "extractive";
    }

    @Override
    public Reply generate(Prompt prompt, Consumer<String> text) throws InterruptedException {
        List<Excerpt> answer = answer(prompt);
        if (answer.isEmpty()) {
            text.accept(NO_ANSWER);
            return new Reply(false);
        }
        Excerpt before = null;
        for (Excerpt excerpt : answer) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String gap = before == null ? "" : before.isBlock() || excerpt.isBlock() ? "\n\n" : " ";
            text.accept(gap + excerpt.quoted());
            before = excerpt;
        }
        return new Reply(true);
    }

    private static List<Excerpt> answer(Prompt prompt) {
        Question question = Question.of(prompt);
        var abbreviations = Abbreviations.of(prompt.sources());
        List<Excerpt> excerpts = prompt.sources().stream()
                .flatMap(s -> Excerpts.of(s, abbreviations).stream())
                .toList();
        var evidence = new Evidence(question, prompt.sources(), excerpts);
        if (!evidence.supports(excerpts)) {
            return List.of();
        }
        var relevance = new Relevance(question, evidence, prompt.question());
        return Composition.of(excerpts, relevance, evidence, question.kind());
    }
}
