package dev.lectern.openapi;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How often each operation answered with each status.
final class Tally {

    private final Map<String, Map<Integer, Integer>> counts = new TreeMap<>();

    void add(String operation, int status) {
        counts.computeIfAbsent(operation, _ -> new TreeMap<>()).merge(status, 1, Integer::sum);
    }

    int total() {
        return statuses().values().stream().mapToInt(Integer::intValue).sum();
    }

    /// The operations that answered with a status of this class, such as 2 for 2xx.
    Set<String> operations(int statusClass) {
        return counts.entrySet().stream()
                .filter(each -> each.getValue().keySet().stream().anyMatch(status -> status / 100 == statusClass))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<Integer, Integer> statuses() {
        Map<Integer, Integer> all = new TreeMap<>();
        counts.values().forEach(each -> each.forEach((status, count) -> all.merge(status, count, Integer::sum)));
        return all;
    }

    /// A line for each operation and one for all.
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(each -> "%-20s %s%n".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining("", "", "%-20s %s".formatted("all " + total(), statuses())));
    }
}
