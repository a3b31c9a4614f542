package dev.lectern.limits;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A language model that has a number of tokens for each day of UTC: for each caller, for each address and for
/// all. Once they are spent it fails, so that what stands in for a model that fails stands in for it.
///
/// A call that its reader ends costs what was asked and what was written until then, also where nothing was: the
/// provider has read the prompt.
///
/// The answer that spends the last of them is written to its end; what it takes beyond that is missing on the next day.
public final class BudgetedModel implements LanguageModel {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetedModel.class);

    /// What the rules of a prompt have, beside what it is made of.
    private static final int RULES = 1_800;

    private static final int CHARACTERS_OF_A_TOKEN = 4;

    private final LanguageModel model;
    private final TokenBudgets budgets;
    private final LimitListener listener;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> told = new AtomicReference<>();

    /// @param replicas that share what there is for all
    public BudgetedModel(
            LanguageModel model, QuotaSettings settings, int replicas, LimitListener listener, InstantSource clock) {
        this.model = model;
        this.budgets = new TokenBudgets(settings, replicas, clock);
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Reply generate(Prompt prompt, Consumer<String> text) throws LanguageModelException, InterruptedException {
        Spender spender = Spender.current();
        refuseWithoutTokens(spender);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Written written = new Written(text);
        Reply reply = null;
        boolean billed = true;
        try {
            reply = model.generate(prompt, written);
            return reply;
        } catch (LanguageModelException e) {
            billed = written.characters > 0 || e.reason() == Reason.TIMEOUT;
            throw e;
        } finally {
            if (billed) {
                spend(spender, prompt, written, reply);
            }
        }
    }

    private void refuseWithoutTokens(Spender spender) throws LanguageModelException {
        Duration forAll = budgets.untilNext();
        if (forAll.isPositive()) {
            tell(forAll);
            throw LanguageModelException.budgetSpent(forAll);
        }
        Duration forOne = budgets.untilNext(spender);
        if (forOne.isPositive()) {
            throw LanguageModelException.shareSpent(forOne);
        }
    }

    /// Once for each time that they are spent.
    private void tell(Duration wait) {
        Instant end = clock.instant().plus(wait).truncatedTo(ChronoUnit.HOURS);
        if (!end.equals(told.getAndSet(end))) {
            LOG.warn("The day's tokens are spent: until {} answers are sentences of the book", end);
        }
    }

    /// What the provider has counted, or else an estimate.
    private void spend(Spender spender, Prompt prompt, Written written, @Nullable Reply reply) {
        Long counted = reply == null ? null : reply.tokens();
        if (counted != null) {
            spend(spender, counted, false);
        } else {
            spend(spender, (RULES + characters(prompt) + written.characters) / CHARACTERS_OF_A_TOKEN, true);
        }
    }

    private void spend(Spender spender, long tokens, boolean estimated) {
        budgets.spend(spender, tokens);
        listener.spent(tokens, estimated);
    }

    private static long characters(Prompt prompt) {
        long all = (long) prompt.question().length()
                + (prompt.selectedText() == null ? 0 : prompt.selectedText().length());
        for (Prompt.Turn turn : prompt.turns()) {
            all += turn.text().length();
        }
        for (Prompt.Source source : prompt.sources()) {
            all += source.heading().length() + source.text().length();
        }
        return all;
    }

    /// Counts what passes. For one thread.
    private static final class Written implements Consumer<String> {

        private final Consumer<String> reader;
        private long characters;

        Written(Consumer<String> reader) {
            this.reader = reader;
        }

        @Override
        public void accept(String piece) {
            characters += piece.length();
            reader.accept(piece);
        }
    }
}
