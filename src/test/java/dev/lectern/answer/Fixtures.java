package dev.lectern.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ReaderId;
import dev.lectern.book.Embedding;
import dev.lectern.book.Passage;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Question;
import dev.lectern.limits.AnswerShare;
import dev.lectern.llm.LanguageModel;
import dev.lectern.problem.ProblemException;
import dev.lectern.retrieval.Hit;
import dev.lectern.retrieval.Query;
import dev.lectern.retrieval.Retriever;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One conversation of one reader about one book, and what answers its questions.
final class Fixtures {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456789Z");
    static final ReaderId READER = new ReaderId(UUID.fromString("00000000-0000-7000-8000-00000000000a"));
    static final UUID CONVERSATION = UUID.fromString("00000000-0000-7000-8000-00000000000c");
    static final List<Hit> HITS = List.of(
            new Hit(passage("Pools", List.of("Sizing", "Limits"), "limits"), 0.9, 0.8, "A pool holds connections."),
            new Hit(passage("Wakes", List.of(), ""), 0.5, 0.4, "A wake takes time."));

    static final Limits QUICK = limits(Duration.ofMinutes(5));

    final DialogueInMemory dialogue = new DialogueInMemory().with(CONVERSATION, READER, "handbook");
    final SearchLog search = new SearchLog();
    /// Shares of answers that are taken and not given back.
    final AtomicInteger held = new AtomicInteger();

    final Supplier<AnswerShare> shares = () -> {
        held.incrementAndGet();
        return held::decrementAndGet;
    };
    final Generations generations = new Generations(QUICK.most(), shares);
    private final AtomicLong lastId = new AtomicLong(0x1000);
    private final AtomicLong nanos = new AtomicLong();

    /// A retriever that finds the same whatever is asked, and remembers what was.
    static final class SearchLog implements Retriever {

        final List<Query> queries = new CopyOnWriteArrayList<>();

        private volatile boolean fails;
        private volatile Runnable before = () -> {};

        void before(Runnable search) {
            before = search;
        }

        void fails(boolean now) {
            fails = now;
        }

        @Override
        public List<Hit> search(Query query) {
            if (fails) {
                throw new IllegalStateException("a secret of the inside");
            }
            before.run();
            queries.add(query);
            return HITS;
        }
    }

    AnswerService service(LanguageModel model) {
        return service(model, null);
    }

    AnswerService service(LanguageModel model, @Nullable LanguageModel fallback) {
        return service(model, fallback, QUICK);
    }

    AnswerService service(LanguageModel model, @Nullable LanguageModel fallback, Limits limits) {
        return new AnswerService(
                dialogue,
                generations,
                new AnswerWriter(
                        dialogue, search, model, fallback, InstantSource.fixed(NOW), limits, AnswerListener.NONE),
                this::nanoTime);
    }

    /// Each look at the clock finds it a millisecond later.
    long nanoTime() {
        return nanos.addAndGet(1_000_000);
    }

    UUID id() {
        return new UUID(0x7000, lastId.incrementAndGet());
    }

    Question question(String text) {
        return question(text, null);
    }

    Question question(String text, @Nullable String key) {
        return new Question(
                id(),
                id(),
                READER,
                CONVERSATION,
                false,
                null,
                text,
                null,
                null,
                key == null ? null : new IdempotencyKey(key));
    }

    /// An audience that keeps all that it is told.
    static class Listener implements Audience {

        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void started(UUID conversation, UUID question, UUID answer) throws IOException {
            heard.add("start");
        }

        @Override
        public void wrote(String text) throws IOException {
            heard.add(text);
        }
    }

    static Limits limits(Duration longest) {
        return new Limits(
                4,
                Duration.ofMillis(5),
                Duration.ofSeconds(20),
                longest,
                Duration.ofSeconds(30),
                Duration.ofMillis(50),
                Duration.ofSeconds(5));
    }

    static OpenQuestion fresh(Asked asked) {
        return ((Asked.Fresh) asked).question();
    }

    /// What a question is answered that was not asked before.
    static AnswerReply answer(AnswerService service, Question question) {
        return service.write(fresh(service.ask(question)), Audience.PATIENT);
    }

    static void assertProblem(int status, String slug, Runnable request) {
        assertThatThrownBy(request::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(status);
            assertThat(e.problem().slug()).isEqualTo(slug);
        });
    }

    private static Passage passage(String chapter, List<String> headings, String anchor) {
        return new Passage(
                UUID.nameUUIDFromBytes(chapter.getBytes(UTF_8)),
                "handbook",
                chapter.toLowerCase(Locale.ROOT),
                chapter,
                headings,
                "/docs/" + chapter.toLowerCase(Locale.ROOT),
                anchor,
                "Text of " + chapter + ".",
                new Embedding(new float[] {1}));
    }
}
