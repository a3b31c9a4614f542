package dev.lectern.llm.openai;

import java.time.Duration;

/// How long one call may still wait: until its first piece of text, then until its end. For one thread.
final class Patience {

    /// The patience of the call that the thread is in: LangChain4j hands nothing through to its HTTP client.
    static final ScopedValue<Patience> OF_THIS_CALL = ScopedValue.newInstance();

    // The elapsed time of one wait, not a time of day: no clock is needed.
    private final long start = System.nanoTime();
    private final Duration untilFirstText;
    private final Duration untilEnd;
    private boolean spoken;

    Patience(Duration untilFirstText, Duration untilEnd) {
        this.untilFirstText = untilFirstText;
        this.untilEnd = untilEnd;
    }

    /// Text has come.
    void spoken() {
        spoken = true;
    }

    /// What is left, in nanoseconds; not positive once it is used up.
    long nanosLeft() {
        Duration limit = spoken ? untilEnd : untilFirstText;
        return limit.toNanos() - (System.nanoTime() - start);
    }

    /// What was waited for in vain, for an operator.
    String exhausted() {
        return spoken
                ? "the answer was not whole within " + untilEnd.toMillis() + " ms"
                : "no text within " + untilFirstText.toMillis() + " ms";
    }
}
