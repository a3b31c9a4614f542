package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Opening.Answered;
import dev.lectern.conversation.Opening.KeyReused;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.conversation.Opening.Running;
import dev.lectern.paging.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyKeyIT {

    private final Conversations conversations = new Conversations();
    private final MovableClock clock = conversations.clock;
    private final Dialogue dialogue = conversations.process();
    private final Dialogue other = conversations.process();
    private final Conversation conversation = conversations.begin(conversations.reader, "robotics");

    @Test
    void the_same_request_gets_the_stored_answer() {
        Answer answer = conversations.exchange(dialogue, conversations.keyed(conversation, "?", "k"), "!");

        assertThat(dialogue.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(new Answered(answer));
        assertThat(other.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(new Answered(answer));
        assertThat(conversations.count("message")).isEqualTo(2);
    }

    @Test
    void the_answer_of_a_key_is_told_without_a_claim() {
        Question question = conversations.keyed(conversation, "?", "k");
        assertThat(dialogue.answered(question)).isEmpty();
        Opened opened = (Opened) dialogue.open(question);
        assertThat(other.answered(question)).isEmpty();
        Answer answer = conversations.answer(opened, "!");
        dialogue.store(question, answer);

        assertThat(other.answered(conversations.keyed(conversation, "?", "k"))).contains(answer);
        assertThat(other.answered(conversations.keyed(conversation, "??", "k"))).isEmpty();
        assertThat(other.answered(conversations.keyed(conversation, "?", "l"))).isEmpty();
        assertThat(other.answered(conversations.question(conversation, "?"))).isEmpty();
        clock.advance(Duration.ofHours(24));
        assertThat(other.answered(conversations.keyed(conversation, "?", "k"))).isEmpty();
        assertThat(conversations.count("message")).isEqualTo(2);
    }

    @Test
    void the_same_request_waits_for_another_process_that_answers_it() {
        dialogue.open(conversations.keyed(conversation, "?", "k"));

        assertThat(other.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(new Running());
        assertThat(conversations.count("message")).isEqualTo(1);
    }

    @Test
    void another_request_may_not_use_the_key() {
        Question question = conversations.keyed(conversation, "?", "k");
        Opened opened = (Opened) dialogue.open(question);
        Question reused = conversations.keyed(conversation, "??", "k");

        assertThat(other.open(reused)).isEqualTo(new KeyReused());
        dialogue.store(question, conversations.answer(opened, "!"));
        assertThat(other.open(reused)).isEqualTo(new KeyReused());
        clock.advance(Conversations.LEASE);
        assertThat(other.open(reused)).isEqualTo(new KeyReused());
        assertThat(conversations.count("message")).isEqualTo(2);
    }

    @Test
    void another_readers_key_is_another_key() {
        dialogue.open(conversations.starting("?", "k"));
        Question foreign = new Question(
                conversations.ids.get(),
                conversations.ids.get(),
                new ReaderId(conversations.ids.get()),
                conversations.ids.get(),
                true,
                "robotics",
                "something else",
                null,
                null,
                new IdempotencyKey("k"));

        assertThat(other.open(foreign)).isInstanceOf(Opened.class);
    }

    @Test
    void a_claim_whose_process_died_is_taken_over_with_its_ids_when_its_lease_ends() {
        Question died = conversations.keyed(conversation, "?", "k");
        Opened opened = (Opened) dialogue.open(died);
        clock.advance(Conversations.LEASE.minusMillis(1));
        assertThat(other.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(new Running());
        clock.advance(Duration.ofMillis(1));

        Question repeat = conversations.keyed(conversation, "?", "k");
        Opening taken = other.open(repeat);

        assertThat(taken).isEqualTo(opened);
        assertThat(dialogue.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(new Running());
        other.store(repeat, conversations.answer(opened, "!"));
        assertThat(conversations.messages(conversation.id()))
                .extracting(Message::id)
                .containsExactly(died.id(), died.answerId());
    }

    @Test
    void a_process_takes_over_what_it_left_unanswered_at_once() {
        Opening opened = dialogue.open(conversations.keyed(conversation, "?", "k"));

        assertThat(dialogue.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(opened);
        assertThat(conversations.count("message")).isEqualTo(1);
    }

    @Test
    void the_slower_of_two_answers_to_one_claim_is_not_stored() {
        Question died = conversations.keyed(conversation, "?", "k");
        Opened opened = (Opened) dialogue.open(died);
        clock.advance(Conversations.LEASE);
        Question repeat = conversations.keyed(conversation, "?", "k");
        other.open(repeat);

        assertThat(other.store(repeat, conversations.answer(opened, "by the repeat")))
                .isTrue();
        assertThat(dialogue.store(died, conversations.answer(opened, "by the one thought dead")))
                .isFalse();

        assertThat(conversations.messages(conversation.id()))
                .extracting(Message::content)
                .containsExactly("?", "by the repeat");
    }

    @Test
    void a_repeat_finds_the_conversation_that_was_made_for_it() {
        Opened opened = (Opened) dialogue.open(conversations.starting("?", "k"));
        Question repeat = conversations.starting("?", "k");
        assertThat(repeat.conversation()).isNotEqualTo(opened.conversation());

        assertThat(other.open(conversations.starting("?", "k"))).isEqualTo(new Running());
        assertThat(dialogue.open(repeat)).isEqualTo(opened);
        Answer answer = conversations.answer(opened, "!");
        dialogue.store(repeat, answer);
        assertThat(other.open(conversations.starting("?", "k"))).isEqualTo(new Answered(answer));
        assertThat(conversations
                        .dao
                        .list(conversations.reader, new PageRequest<>(10, null))
                        .items())
                .extracting(Conversation::id)
                .containsExactly(opened.conversation(), conversation.id());
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        Answer answer = conversations.exchange(dialogue, conversations.keyed(conversation, "?", "k"), "!");
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(other.open(conversations.keyed(conversation, "?", "k"))).isEqualTo(new Answered(answer));
        clock.advance(Duration.ofMillis(1));

        Question again = conversations.keyed(conversation, "something else", "k");
        Opened opened = (Opened) other.open(again);

        assertThat(opened.questionId()).isEqualTo(again.id());
        assertThat(opened.answerId()).isEqualTo(again.answerId());
        assertThat(dialogue.open(conversations.keyed(conversation, "something else", "k")))
                .isEqualTo(new Running());
        assertThat(conversations.count("message")).isEqualTo(3);
    }

    @Test
    void expired_keys_are_deleted_in_passing_a_few_at_a_time() {
        for (int i = 0; i < 25; i++) {
            dialogue.open(conversations.keyed(conversation, "?", "old " + i));
        }
        clock.advance(Duration.ofHours(25));

        conversations.exchange(dialogue, conversations.keyed(conversation, "?", "new 1"), "!");
        assertThat(conversations.count("idempotency_key")).isEqualTo(25 - 20 + 1);
        conversations.exchange(dialogue, conversations.question(conversation, "?"), "!");
        assertThat(conversations.count("idempotency_key")).isEqualTo(1);
    }

    @Test
    void of_many_identical_first_requests_exactly_one_is_opened() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            List<Opening> openings = atOnce(50, () -> conversations.process().open(conversations.starting("?", key)));

            assertThat(openings).filteredOn(Opened.class::isInstance).hasSize(1);
            assertThat(openings).filteredOn(Running.class::isInstance).hasSize(49);
            assertThat(conversations.count("message")).isEqualTo(round + 1);
            assertThat(conversations.count("conversation")).isEqualTo(round + 2);
        }
    }

    @Test
    void of_many_repeats_exactly_one_takes_a_dead_claim_over() throws Exception {
        Opening died = dialogue.open(conversations.keyed(conversation, "?", "k"));
        clock.advance(Conversations.LEASE);

        List<Opening> openings =
                atOnce(50, () -> conversations.process().open(conversations.keyed(conversation, "?", "k")));

        assertThat(openings).filteredOn(Opened.class::isInstance).containsExactly(died);
        assertThat(openings).filteredOn(Running.class::isInstance).hasSize(49);
        assertThat(conversations.count("message")).isEqualTo(1);
    }

    @Test
    void of_two_different_requests_with_one_key_one_is_refused() throws Exception {
        List<Opening> openings = atOnce(
                20,
                IntStream.range(0, 20)
                        .<Callable<Opening>>mapToObj(i ->
                                () -> conversations.process().open(conversations.keyed(conversation, "q" + i, "k")))
                        .toList());

        assertThat(openings).filteredOn(Opened.class::isInstance).hasSize(1);
        assertThat(openings).filteredOn(KeyReused.class::isInstance).hasSize(19);
    }

    @Test
    void repeats_while_an_answer_is_stored_see_it_running_or_answered() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "k" + round;
            Question question = conversations.keyed(conversation, "?", key);
            Opened opened = (Opened) dialogue.open(question);
            Answer answer = conversations.answer(opened, "!");
            List<Callable<Opening>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> other.open(conversations.keyed(conversation, "?", key)));
            }
            calls.add(4, () -> {
                dialogue.store(question, answer);
                return new Answered(answer);
            });

            assertThat(atOnce(9, calls)).isSubsetOf(new Running(), new Answered(answer));
            assertThat(other.open(conversations.keyed(conversation, "?", key))).isEqualTo(new Answered(answer));
        }
    }

    @Test
    void deleting_a_conversation_while_it_is_asked_leaves_nothing_half_done() throws Exception {
        for (int round = 0; round < 10; round++) {
            Conversation doomed = conversations.begin(conversations.reader, null);
            String key = "k" + round;
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String text = "q" + i;
                calls.add(() ->
                        conversations.process().open(conversations.keyed(doomed, text, key + text)) instanceof Opened);
            }
            calls.add(4, () -> conversations.dao.delete(conversations.reader, doomed.id()));

            atOnce(9, calls);

            assertThat(conversations.count("message")).isZero();
            assertThat(conversations.count("idempotency_key")).isZero();
        }
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        return atOnce(times, IntStream.range(0, times).mapToObj(_ -> call).toList());
    }

    private static <T> List<T> atOnce(int times, List<Callable<T>> calls) throws Exception {
        CountDownLatch ready = new CountDownLatch(times);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
