package dev.lectern.limits;

import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The question of a request in the quotas of the day: counted as it arrives, and given back where nothing was
/// written for it. For one thread.
public final class QuestionCount {

    private final @Nullable Problem refusal;
    private final Runnable refused;
    private final Runnable giveBack;
    private boolean settled;

    private QuestionCount(@Nullable Problem refusal, Runnable refused, Runnable giveBack) {
        this.refusal = refusal;
        this.refused = refused;
        this.giveBack = giveBack;
    }

    /// Of the request that this thread works on.
    public static QuestionCount current() {
        return Allowance.CURRENT.isBound() ? Allowance.CURRENT.get().question() : unlimited();
    }

    static QuestionCount unlimited() {
        return granted(() -> {});
    }

    static QuestionCount granted(Runnable giveBack) {
        return new QuestionCount(null, () -> {}, giveBack);
    }

    /// @param refused is run when the client is refused
    static QuestionCount spent(Problem refusal, Runnable refused) {
        return new QuestionCount(refusal, refused, () -> {});
    }

    /// Whether there was a question left.
    public boolean isGranted() {
        return refusal == null;
    }

    /// What a client is told whose question is not granted.
    public ProblemException refused() {
        refused.run();
        return new ProblemException(Objects.requireNonNull(refusal));
    }

    /// Says that nothing was written for it, unless it is settled already.
    public void giveBack() {
        if (!settled) {
            settled = true;
            giveBack.run();
        }
    }

    /// Says that it is not given back any more: who deletes a conversation while it is answered may have read
    /// the answer.
    public void settle() {
        settled = true;
    }
}
