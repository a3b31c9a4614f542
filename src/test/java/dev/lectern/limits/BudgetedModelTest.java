package dev.lectern.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ReaderId;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetedModelTest {

    private static final Prompt PROMPT = new Prompt(
            "q".repeat(40),
            "s".repeat(60),
            List.of(),
            List.of(new Prompt.Source(1, "h".repeat(10), "t".repeat(90), 1)));

    private final List<String> spent = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void it_answers_until_the_days_tokens_are_spent_and_again_on_the_next_day() throws Exception {
        LanguageModel model = budgeted(100, answering(60L));
        model.generate(PROMPT, text::append);
        model.generate(PROMPT, text::append);

        assertThatThrownBy(() -> model.generate(PROMPT, text::append))
                .isInstanceOfSatisfying(LanguageModelException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.BUDGET_SPENT);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(12));
                });
        now = Instant.parse("2026-11-30T00:00:00Z");
        // Of the next day's hundred, twenty are owed.
        model.generate(PROMPT, text::append);
        model.generate(PROMPT, text::append);
        assertThatThrownBy(() -> model.generate(PROMPT, text::append)).isInstanceOf(LanguageModelException.class);
        assertThat(spent).containsExactly("60", "60", "60", "60");
        assertThat(text.toString()).isEqualTo("Answer. ".repeat(4));
    }

    @Test
    void who_has_spent_the_tokens_of_one_caller_is_told_so_while_others_are_answered() throws Exception {
        LanguageModel model = budgeted(new Quota(1_000), new Quota(100), Quota.OFF, answering(60L));
        Spender greedy = caller(1, "203.0.113.1");
        ask(greedy, model);
        ask(greedy, model);

        assertThatThrownBy(() -> ask(greedy, model)).isInstanceOfSatisfying(LanguageModelException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.SHARE_SPENT);
            assertThat(e.isForWantOfTokens()).isTrue();
            assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(12));
        });
        ask(caller(2, "203.0.113.1"), model);
        now = Instant.parse("2026-11-30T00:00:00Z");
        ask(greedy, model);
        assertThat(spent).hasSize(4);
    }

    @Test
    void many_callers_and_nobody_at_one_address_have_no_more_tokens_than_the_address() throws Exception {
        LanguageModel model = budgeted(new Quota(1_000), new Quota(1_000), new Quota(100), answering(60L));
        ask(caller(1, "203.0.113.1"), model);
        ask(new Spender(null, address("203.0.113.1")), model);

        assertThatThrownBy(() -> ask(caller(2, "203.0.113.1"), model))
                .isInstanceOfSatisfying(
                        LanguageModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SHARE_SPENT));
        ask(caller(1, "203.0.113.2"), model);
        assertThat(spent).hasSize(3);
    }

    @Test
    void that_all_tokens_are_spent_is_said_before_that_ones_own_are() throws Exception {
        LanguageModel model = budgeted(new Quota(50), new Quota(50), new Quota(50), answering(60L));
        ask(caller(1, "203.0.113.1"), model);

        assertThatThrownBy(() -> ask(caller(1, "203.0.113.1"), model))
                .isInstanceOfSatisfying(
                        LanguageModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BUDGET_SPENT));
    }

    @Test
    void where_the_provider_does_not_count_a_quarter_of_the_characters_is_taken() throws Exception {
        budgeted(1_000, answering(null)).generate(PROMPT, text::append);

        // 1,800 of the rules, 200 of the prompt, 8 of the answer.
        assertThat(spent).containsExactly("502, estimated");
    }

    @Test
    void a_call_that_ended_early_counts_for_what_was_written_and_one_that_never_began_does_not() {
        LanguageModel gone = (Answering) (prompt, piece) -> {
            piece.accept("Half of");
            throw new CancellationException();
        };
        LanguageModel down = (Answering) (prompt, piece) -> {
            throw new LanguageModelException(Reason.UNAVAILABLE, "down", null);
        };

        assertThatThrownBy(() -> budgeted(1_000, gone).generate(PROMPT, text::append))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> budgeted(1_000, down).generate(PROMPT, text::append))
                .isInstanceOf(LanguageModelException.class);
        assertThat(spent).containsExactly("501, estimated");
    }

    @Test
    void a_call_that_is_ended_before_its_first_word_counts_for_its_prompt() {
        LanguageModel stopped = (Answering) (prompt, piece) -> {
            throw new InterruptedException();
        };
        LanguageModel silent = (Answering) (prompt, piece) -> {
            throw new LanguageModelException(Reason.TIMEOUT, "too long", null);
        };

        assertThatThrownBy(() -> budgeted(1_000, stopped).generate(PROMPT, text::append))
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> budgeted(1_000, silent).generate(PROMPT, text::append))
                .isInstanceOf(LanguageModelException.class);
        assertThat(spent).containsExactly("500, estimated", "500, estimated");
    }

    @Test
    void what_the_provider_refuses_and_what_is_never_sent_costs_nothing() {
        for (Reason reason : List.of(Reason.REFUSED, Reason.RATE_LIMITED, Reason.MISCONFIGURED, Reason.UNAVAILABLE)) {
            LanguageModel refusing = (Answering) (prompt, piece) -> {
                throw new LanguageModelException(reason, "no", null);
            };
            assertThatThrownBy(() -> budgeted(1_000, refusing).generate(PROMPT, text::append))
                    .isInstanceOf(LanguageModelException.class);
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> budgeted(1_000, answering(60L)).generate(PROMPT, text::append))
                .isInstanceOf(InterruptedException.class);

        assertThat(spent).isEmpty();
    }

    private static Spender caller(long id, String address) {
        return new Spender(new ReaderId(new UUID(0, id)), address(address));
    }

    private static ClientAddress address(String literal) {
        return ClientAddress.of(InetAddress.ofLiteral(literal));
    }

    private void ask(Spender spender, LanguageModel model) throws Exception {
        List<Exception> thrown = new ArrayList<>(1);
        spender.around(() -> {
                    try {
                        model.generate(PROMPT, text::append);
                    } catch (LanguageModelException | InterruptedException e) {
                        thrown.add(e);
                    }
                })
                .run();
        if (!thrown.isEmpty()) {
            throw thrown.getFirst();
        }
    }

    private interface Answering extends LanguageModel {
        @Override
        default String name() {
            return "a model";
        }
    }

    private static LanguageModel answering(@Nullable Long tokens) {
        return (Answering) (Prompt prompt, Consumer<String> text) -> {
            text.accept("Answer. ");
            return new Reply(true, tokens);
        };
    }

    private LanguageModel budgeted(long tokens, LanguageModel model) {
        return budgeted(new Quota(tokens), Quota.OFF, Quota.OFF, model);
    }

    private LanguageModel budgeted(Quota all, Quota caller, Quota address, LanguageModel model) {
        return new BudgetedModel(
                model,
                new QuotaSettings(null, null, null, all, caller, address),
                1,
                new LimitListener() {
                    @Override
                    public void refused(Limit limit) {
                        throw new AssertionError(limit);
                    }

                    @Override
                    public void spent(long tokens, boolean estimated) {
                        spent.add(tokens + (estimated ? ", estimated" : ""));
                    }
                },
                () -> now);
    }
}
