package dev.lectern.llm.openai;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long one call may still wait: until its first piece of text, then until its end. For one thread.
final class Patience {

    /// The patience of the call that the thread is in: LangChain4j hands nothing through to its HTTP client.
    static final ScopedValue<Patience> OF_THIS_CALL = ScopedValue.newInstance();

    /// What comes within this time is taken together. No eye reads words that come more often.
    private static final Duration TOGETHER = Duration.ofMillis(50);

    // The elapsed time of one wait, not a time of day: no clock is needed.
    private final long start = System.nanoTime();
    private final Duration untilFirstText;
    private final Duration untilEnd;
    private boolean spoken;
    private long woken = start;

    Patience(Duration untilFirstText, Duration untilEnd) {
        this.untilFirstText = untilFirstText;
        this.untilEnd = untilEnd;
    }

    /// Waits, once text has come, until the thread may be woken again: a model's words come one by one, and to be
    /// woken for each costs more than all that is done with it.
    void letMoreCome() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long pause = Math.min(woken + TOGETHER.toNanos() - System.nanoTime(), nanosLeft());
        if (spoken && pause > 0) {
            TimeUnit.NANOSECONDS.sleep(pause);
        }
    }

    /// Something has come that was waited for.
    void woken() {
        woken = System.nanoTime();
    }

    /// Text has come.
    void spoken() {
        spoken = true;
    }

    /// What is left, in nanoseconds; not positive once it is used up.
    private long nanosLeft() {
        Duration limit = spoken ? untilEnd : untilFirstText;
        return limit.toNanos() - (System.nanoTime() - start);
    }

    /// The same in whole milliseconds, as a socket wants it.
    int millisLeft() {
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanosLeft() + 999_999), 0, Integer.MAX_VALUE);
    }

    /// What was waited for in vain, for an operator.
    String exhausted() {
        return spoken
                ? "the answer was not whole within " + untilEnd.toMillis() + " ms"
                : "no text within " + untilFirstText.toMillis() + " ms";
    }
}
