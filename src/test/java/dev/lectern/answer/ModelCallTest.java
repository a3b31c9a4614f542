package dev.lectern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answer.ModelCall.Cancelled;
import dev.lectern.answer.ModelCall.End;
import dev.lectern.answer.ModelCall.Event;
import dev.lectern.answer.ModelCall.Failed;
import dev.lectern.answer.ModelCall.Text;
import dev.lectern.answer.ModelCall.Whole;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelCallTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Prompt PROMPT = new Prompt("Why?", null, List.of(), List.of());

    @Test
    void the_model_is_never_more_than_a_few_pieces_ahead_of_a_slow_reader() throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        ModelCall call = start(new ScriptedModel("eager", (_, text) -> {
            for (int i = 0; i < 1_000; i++) {
                text.accept("piece");
                written.incrementAndGet();
            }
            return new Reply(true);
        }));

        int taken = 0;
        Event event = call.next(LONG);
        while (event instanceof Text(String text)) {
            taken += text.length() / "piece".length();
            assertThat(written.get()).isLessThanOrEqualTo(taken + ModelCall.AHEAD);
            event = call.next(LONG);
        }

        assertThat(taken).isEqualTo(1_000);
        assertThat(event).isEqualTo(new Whole(new Reply(true)));
    }

    @Test
    void a_reader_who_takes_nothing_for_too_long_ends_the_call() throws InterruptedException {
        ScriptedModel model = new ScriptedModel("eager", (_, text) -> {
            while (true) {
                text.accept("piece");
            }
        });
        ModelCall call = ModelCall.start(model, PROMPT, Duration.ofMillis(10));

        assertThat(model.wasLeft()).isTrue();

        assertThat(call.next(LONG)).isEqualTo(new Text("piece".repeat(ModelCall.AHEAD)));
        assertThat(call.next(LONG)).isEqualTo(new Cancelled());
    }

    @Test
    void a_cancelled_call_leaves_the_model_while_it_waits_for_room() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(ModelCall.AHEAD);
        ScriptedModel model = new ScriptedModel("eager", (_, text) -> {
            while (true) {
                text.accept("piece");
                full.countDown();
            }
        });
        ModelCall call = start(model);
        full.await();

        call.close();

        assertThat(model.wasLeft()).isTrue();
        assertThat(last(call)).isEqualTo(new Cancelled());
    }

    @Test
    void a_model_that_goes_on_after_it_was_cancelled_writes_into_nothing() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ModelCall call = start(new ScriptedModel("deaf", (_, text) -> {
            started.countDown();
            ScriptedModel.awaitDeaf(go);
            text.accept("too late");
            return new Reply(true);
        }));
        started.await();

        call.cancel();
        go.countDown();

        assertThat(call.next(LONG)).isEqualTo(new Cancelled());
    }

    @Test
    void a_model_that_ends_well_after_it_was_cancelled_is_not_whole() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ModelCall call = start(new ScriptedModel("deaf", (_, _) -> {
            started.countDown();
            ScriptedModel.awaitDeaf(go);
            return new Reply(true);
        }));
        started.await();

        call.cancel();
        go.countDown();

        assertThat(call.next(LONG)).isEqualTo(new Cancelled());
    }

    @Test
    void silence_is_nothing() throws InterruptedException {
        try (ModelCall call = start(ScriptedModel.hangingAfter())) {
            assertThat(call.next(Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void whatever_a_model_throws_the_call_ends() throws InterruptedException {
        assertThat(last(start(ScriptedModel.failingAfter("x")))).isInstanceOf(Failed.class);
        assertThat(last(start(new ScriptedModel("broken", (_, _) -> {
                    throw new IllegalArgumentException("a bug");
                }))))
                .isInstanceOf(Failed.class);
        assertThat(last(start(new ScriptedModel("dead", (_, _) -> {
                    throw new AssertionError("a worse bug");
                }))))
                .isInstanceOf(Failed.class);
    }

    private static ModelCall start(LanguageModel model) {
        return ModelCall.start(model, PROMPT, LONG);
    }

    private static End last(ModelCall call) throws InterruptedException {
        while (true) {
            if (call.next(LONG) instanceof End end) {
                return end;
            }
        }
    }
}
