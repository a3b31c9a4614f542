package dev.lectern.cli.capacity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `/metrics` showed once, https://prometheus.io/docs/instrumenting/exposition_formats/
///
/// @param samples by their names
record MetricsText(Map<String, List<Sample>> samples) {

    private static final String NUMBER = "(\\+Inf|-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)";
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? " + NUMBER + "(?: -?\\d+)?");
    private static final Pattern BOUND = Pattern.compile("(?:^|,)le=\"" + NUMBER + "\"");

    /// @param labels as they are written
    record Sample(String labels, double value) {

        /// Of a bucket.
        private double bound() {
            Matcher bound = BOUND.matcher(labels);
            return bound.find() ? number(bound.group(1)) : Double.POSITIVE_INFINITY;
        }
    }

    /// Reads it; what is no sample is passed over.
    static MetricsText parse(String text) {
        Map<String, List<Sample>> samples = new HashMap<>();
        text.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .forEach(sample -> samples.computeIfAbsent(sample.group(1), _ -> new ArrayList<>())
                        .add(new Sample(sample.group(2) == null ? "" : sample.group(2), number(sample.group(3)))));
        return new MetricsText(samples);
    }

    /// The sum over all labels; empty where there is no such sample.
    OptionalDouble sum(String name) {
        List<Sample> found = samples.getOrDefault(name, List.of());
        return found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.stream().mapToDouble(Sample::value).sum());
    }

    /// How many were no longer than a bound, of all labels, by the bound.
    SortedMap<Double, Double> buckets(String histogram) {
        SortedMap<Double, Double> buckets = new TreeMap<>();
        samples.getOrDefault(histogram + "_bucket", List.of())
                .forEach(sample -> buckets.merge(sample.bound(), sample.value(), Double::sum));
        return buckets;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
