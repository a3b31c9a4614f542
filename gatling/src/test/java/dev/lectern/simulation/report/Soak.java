package dev.lectern.simulation.report;

import java.util.List;

/// What the process held, early in a long run or at its end.
record Soak(int residentMb, int heapMb, int threads, int connections, int p95Ms) {

    private static final double WARM = 0.15;
    private static final double PART = 0.1;

    static Soak atBegin(Run run) {
        long from = Math.round(WARM * run.length());
        return of(run, from, from + Math.round(PART * run.length()), heaps(run).getFirst());
    }

    static Soak atEnd(Run run) {
        return of(
                run,
                Math.round((1 - PART) * run.length()),
                run.length(),
                heaps(run).getLast());
    }

    private static List<Integer> heaps(Run run) {
        return run.all("heap ").stream()
                .map(event -> Integer.valueOf(event.name().substring("heap ".length())))
                .toList();
    }

    private static Soak of(Run run, long from, long to, int heapMb) {
        List<Sample> samples = run.between(from, to);
        int[] resident = samples.stream().mapToInt(Sample::residentMb).sorted().toArray();
        List<Request> requests =
                run.where(request -> !request.asks() && request.began() >= from && request.ended() < to);
        return new Soak(
                resident[resident.length / 2],
                heapMb,
                samples.stream().mapToInt(Sample::threads).max().orElseThrow(),
                samples.stream().mapToInt(Sample::backends).max().orElseThrow(),
                Times.of(requests).percentile(0.95));
    }
}
