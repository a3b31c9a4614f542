package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.Fixtures.READER;
import static dev.lectern.answer.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.Question;
import dev.lectern.llm.Reply;
import dev.lectern.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// How answers end before their end.
class EndingTest {

    private final Fixtures fixtures = new Fixtures();

    @Test
    void a_reader_who_stops_an_answer_keeps_what_was_written() {
        AnswerService service = fixtures.service(ScriptedModel.hangingAfter("So far [1]."));
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));

        AnswerReply reply = service.write(
                open,
                afterWords(
                        () -> service.stop(READER, CONVERSATION, open.opened().answerId())));

        assertThat(reply.content()).isEqualTo("So far [1].");
        assertThat(reply.stopped()).isTrue();
        assertThat(reply.saved()).isTrue();
        assertThat(reply.grounded()).isTrue();
        assertThat(fixtures.dialogue.answers().getFirst().stopped()).isTrue();
    }

    @Test
    void an_answer_that_was_stopped_before_its_first_word_is_empty() {
        AnswerService service = fixtures.service(ScriptedModel.hangingAfter());
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        service.stop(READER, CONVERSATION, open.opened().answerId());

        AnswerReply reply = service.write(open, Audience.PATIENT);

        assertThat(reply.content()).isEmpty();
        assertThat(reply.stopped()).isTrue();
        assertThat(reply.timings().firstTokenMs()).isNull();
    }

    @Test
    void only_what_runs_in_the_readers_conversation_can_be_stopped() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        UUID id = open.opened().answerId();

        assertNotFound(() -> service.stop(READER, CONVERSATION, fixtures.id()));
        assertNotFound(() -> service.stop(READER, fixtures.id(), id));
        assertNotFound(() -> service.stop(new ReaderId(fixtures.id()), CONVERSATION, id));
        assertThat(service.write(open, Audience.PATIENT).stopped()).isNull();
        assertNotFound(() -> service.stop(READER, CONVERSATION, id));
    }

    @Test
    void a_reader_who_leaves_ends_the_model_and_what_was_written_is_stored() throws InterruptedException {
        ScriptedModel model = ScriptedModel.hangingAfter("So ", "far");
        AnswerService service = fixtures.service(model);

        service.write(fresh(service.ask(fixtures.question("Why?"))), new Audience() {
            @Override
            public void wrote(String text) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(model.wasLeft()).isTrue();
        Answer stored = fixtures.dialogue.answers().getFirst();
        assertThat(stored.stopped()).isTrue();
        assertThat(stored.content()).startsWith("So ");
    }

    @Test
    void a_reader_who_leaves_a_keyed_question_gets_the_whole_answer_under_the_same_ids_by_asking_again() {
        Question first = fixtures.question("Why?", "k");
        AnswerService cut = fixtures.service(ScriptedModel.hangingAfter("So ", "far"));

        AnswerReply fragment = cut.write(fresh(cut.ask(first)), new Audience() {
            @Override
            public void wrote(String text) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        assertThat(fragment.saved()).isFalse();
        assertThat(fixtures.dialogue.answers()).isEmpty();

        AnswerService whole = fixtures.service(ScriptedModel.writing("So far so good."));
        AnswerReply reply = whole.write(fresh(whole.ask(fixtures.question("Why?", "k"))), Audience.PATIENT);

        assertThat(reply.id()).isEqualTo(first.answerId());
        assertThat(reply.content()).isEqualTo("So far so good.");
        assertThat(reply.saved()).isTrue();
    }

    @Test
    void a_keyed_answer_that_its_reader_stops_stays_as_it_is() {
        AnswerService service = fixtures.service(ScriptedModel.writing());
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?", "k")));
        open.generation().end(Generation.Cause.STOPPED);

        service.write(open, Audience.PATIENT);

        assertThat(service.ask(fixtures.question("Why?", "k"))).isInstanceOf(Asked.Stored.class);
    }

    @Test
    void a_reader_who_leaves_in_silence_is_noticed_by_a_heartbeat() throws InterruptedException {
        ScriptedModel model = ScriptedModel.hangingAfter("So far");
        AnswerService service = fixtures.service(model);

        service.write(fresh(service.ask(fixtures.question("Why?"))), afterWords(() -> {
            throw new IOException("Broken pipe");
        }));

        assertThat(model.wasLeft()).isTrue();
        assertThat(fixtures.dialogue.answers().getFirst().content()).isEqualTo("So far");
    }

    @Test
    void a_reader_who_leaves_before_the_first_word_leaves_nothing_behind() {
        AnswerService service = fixtures.service(ScriptedModel.hangingAfter());

        AnswerReply reply = service.write(fresh(service.ask(fixtures.question("Why?", "k"))), new Audience() {
            @Override
            public void started(UUID conversation, UUID question, UUID answer) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(reply.saved()).isFalse();
        assertThat(fixtures.dialogue.answers()).isEmpty();
        assertThat(service.ask(fixtures.question("Why?", "k"))).isInstanceOf(Asked.Fresh.class);
    }

    @Test
    void an_answer_that_takes_too_long_is_ended() {
        AnswerService service =
                fixtures.service(ScriptedModel.hangingAfter("So far"), null, Fixtures.limits(Duration.ofMillis(300)));

        AnswerReply reply = service.write(fresh(service.ask(fixtures.question("Why?"))), Audience.PATIENT);

        assertThat(reply.stopped()).isTrue();
        assertThat(reply.content()).isEqualTo("So far");
    }

    @Test
    void a_model_that_does_not_listen_is_left_to_itself() {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedModel model = new ScriptedModel("deaf", (_, text) -> {
            text.accept("So far");
            ScriptedModel.awaitDeaf(never);
            return new Reply(true);
        });
        AnswerService service = fixtures.service(model);
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        service.stop(READER, CONVERSATION, open.opened().answerId());

        AnswerReply reply = service.write(open, Audience.PATIENT);

        assertThat(reply.stopped()).isTrue();
        never.countDown();
    }

    @Test
    void an_interrupted_request_stores_what_was_written_and_stays_interrupted()
            throws InterruptedException, ExecutionException, TimeoutException {
        ScriptedModel model = ScriptedModel.hangingAfter("So far");
        AnswerService service = fixtures.service(model);
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Boolean> request = new FutureTask<>(() -> {
            service.write(open, afterWords(waiting::countDown));
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = Thread.ofVirtual().start(request);
        waiting.await();

        thread.interrupt();

        assertThat(request.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(fixtures.dialogue.answers().getFirst().content()).isEqualTo("So far");
    }

    @Test
    void a_shutdown_lets_answers_end_and_then_ends_them()
            throws InterruptedException, ExecutionException, TimeoutException {
        AnswerService service = fixtures.service(ScriptedModel.hangingAfter("So far"));
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        FutureTask<AnswerReply> request = new FutureTask<>(() -> service.write(open, Audience.PATIENT));
        Thread.ofVirtual().start(request);

        fixtures.generations.drain(Duration.ofMillis(20), Duration.ofSeconds(10));

        assertThat(request.get(10, TimeUnit.SECONDS).saved()).isTrue();
        assertThat(fixtures.dialogue.answers()).hasSize(1);
        fixtures.generations.drain(Duration.ZERO.plusSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void a_shutdown_ends_also_an_answer_whose_question_is_still_being_opened() throws InterruptedException {
        Question question = fixtures.question("Why?");
        Generation opening = fixtures.generations.begin(question);

        fixtures.generations.drain(Duration.ofMillis(1), Duration.ofMillis(1));

        assertThat(opening.isEnded()).isTrue();
        fixtures.generations.finish(opening, question, question.answerId());
    }

    @Test
    void nothing_is_asked_any_more_while_Lectern_shuts_down() throws InterruptedException {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));

        fixtures.generations.drain(Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThatThrownBy(() -> service.ask(fixtures.question("Why?")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().slug()).isEqualTo("shutting-down");
                    assertThat(e.problem().retryAfter()).isNotNull();
                });
        assertThat(fixtures.dialogue.opened).isEmpty();
    }

    /// What an audience does.
    private interface Act {

        void go() throws IOException;
    }

    /// An audience that does something when it has waited for more words than it was told.
    private static Audience afterWords(Act act) {
        return new Audience() {

            private boolean told;

            @Override
            public void wrote(String text) {
                told = true;
            }

            @Override
            public void waited() throws IOException {
                if (told) {
                    act.go();
                }
            }
        };
    }

    private static void assertNotFound(Runnable stop) {
        assertThatThrownBy(stop::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(404));
    }
}
