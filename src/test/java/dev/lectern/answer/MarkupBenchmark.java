package dev.lectern.answer;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a character of an answer costs before it is shown: of prose, and of what makes the filter hold text back. In
/// pieces of four, as language models send them. `bin/benchmark Markup` runs it, with what is allocated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MarkupBenchmark {

    private static final int CHARACTERS = 4_000;
    private static final int PIECE = 4;

    private final List<String> prose = pieces("""
            A permit is the right to use one connection [1]. Whoever has none waits, and is refused when the queue is full.
            That keeps the *database* as busy as it can be, and no busier [2].

            """);
    private final List<String> markup = pieces("""
            A `List<String>` and <b>bold</b>, [a link](https://books.example/pools), ``a `tick` <i>``.

            ```java
            Map<String, List<Long>> held = new HashMap<>();
            ```

            """);

    @Benchmark
    @OperationsPerInvocation(CHARACTERS)
    public int prose() {
        return shown(prose);
    }

    @Benchmark
    @OperationsPerInvocation(CHARACTERS)
    public int markup() {
        return shown(markup);
    }

    private static int shown(List<String> pieces) {
        MarkupFilter filter = new MarkupFilter();
        int length = 0;
        for (String piece : pieces) {
            length += filter.next(piece).length();
        }
        return length + filter.rest().length();
    }

    private static List<String> pieces(String text) {
        String all = text.repeat(CHARACTERS / text.length() + 1);
        return IntStream.iterate(0, at -> at < CHARACTERS, at -> at + PIECE)
                .mapToObj(at -> all.substring(at, at + PIECE))
                .toList();
    }
}
