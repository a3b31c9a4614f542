package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.Fixtures.READER;
import static dev.lectern.answer.Fixtures.answer;
import static dev.lectern.answer.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.conversation.Question;
import dev.lectern.limits.AnswerShare;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What an answer takes of its caller's share is given back, once, however the answer ends.
class ShareTest {

    private final Fixtures fixtures = new Fixtures();

    @Test
    void it_is_held_from_the_question_to_the_end_of_the_answer() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));

        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        assertThat(fixtures.held).hasValue(1);

        service.write(open, Audience.PATIENT);
        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void an_answer_that_is_stopped_gives_it_back() {
        AnswerService service = fixtures.service(ScriptedModel.hangingAfter("So far"));
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));

        service.write(open, new Fixtures.Listener() {
            @Override
            public void waited() {
                service.stop(READER, CONVERSATION, open.opened().answerId());
            }
        });

        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void a_reader_who_leaves_gives_it_back() {
        AnswerService service = fixtures.service(ScriptedModel.hangingAfter());

        service.write(fresh(service.ask(fixtures.question("Why?"))), new Audience() {
            @Override
            public void started(UUID conversation, UUID question, UUID answer) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void a_model_that_fails_gives_it_back() {
        AnswerService service = fixtures.service(ScriptedModel.failingAfter("So far"));
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));

        assertThatThrownBy(() -> service.write(open, Audience.PATIENT)).isInstanceOf(ProblemException.class);

        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void a_search_that_fails_gives_it_back() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        OpenQuestion open = fresh(service.ask(fixtures.question("Why?")));
        fixtures.search.fails(true);

        assertThatThrownBy(() -> service.write(open, Audience.PATIENT)).isInstanceOf(IllegalStateException.class);

        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void what_is_no_new_question_gives_it_back_at_once() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        answer(service, fixtures.question("Why?", "k"));

        assertThat(service.ask(fixtures.question("Why?", "k"))).isInstanceOf(Asked.Stored.class);
        assertThatThrownBy(() -> service.ask(fixtures.question("How?", "k"))).isInstanceOf(ProblemException.class);

        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void a_key_that_is_held_gives_it_back_and_its_holder_keeps_its_own() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        OpenQuestion holder = fresh(service.ask(fixtures.question("Why?", "k")));

        assertThatThrownBy(() -> service.ask(fixtures.question("Why?", "k"))).isInstanceOf(ProblemException.class);
        assertThat(fixtures.held).hasValue(1);

        service.write(holder, Audience.PATIENT);
        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void where_there_is_no_room_and_where_Lectern_shuts_down_it_is_given_back() throws InterruptedException {
        Generations full = new Generations(0, fixtures.shares);
        Question question = fixtures.question("Why?");
        assertThatThrownBy(() -> full.begin(question)).isInstanceOf(ProblemException.class);
        fixtures.generations.drain(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThatThrownBy(() -> fixtures.generations.begin(question)).isInstanceOf(ProblemException.class);

        assertThat(fixtures.held).hasValue(0);
    }

    @Test
    void who_is_refused_it_takes_no_room() {
        Generations one = new Generations(1, refusingOnce());
        Question question = fixtures.question("Why?");

        assertThatThrownBy(() -> one.begin(question)).isInstanceOf(ProblemException.class);
        Generation generation = one.begin(question);

        one.finish(generation, question, question.answerId());
    }

    private Supplier<AnswerShare> refusingOnce() {
        int[] asked = new int[1];
        return () -> {
            if (asked[0]++ == 0) {
                throw new ProblemException(Problem.of(429, "rate-limited", "Too many requests", "Too many answers"));
            }
            return fixtures.shares.get();
        };
    }
}
