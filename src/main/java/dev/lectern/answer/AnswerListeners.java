package dev.lectern.answer;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several listeners as one.
record AnswerListeners(List<AnswerListener> all) implements AnswerListener {

    @Override
    public void searched(Duration took) {
        all.forEach(each -> each.searched(took));
    }

    @Override
    public void modelEnded(String model, Ending ending, @Nullable Duration firstText, Duration took) {
        all.forEach(each -> each.modelEnded(model, ending, firstText, took));
    }

    @Override
    public void degraded(String reason) {
        all.forEach(each -> each.degraded(reason));
    }
}
