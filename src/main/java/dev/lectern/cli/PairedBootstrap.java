package dev.lectern.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Whether a system is better than another on the same questions, or was lucky in them: the questions are drawn again,
/// with replacement ([Sakai, 2006](https://doi.org/10.1145/1148170.1148261)).
///
/// @param difference the mean of the first less the mean of the second
/// @param low where the 95 % interval of the difference begins
/// @param high where it ends
/// @param pValue how likely so large a difference, of either sign, would be if there were none
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PairedBootstrap(double difference, double low, double high, double pValue) {

    private static final int DRAWS = 10_000;

    /// Compares two systems by their figures for the same questions in the same order.
    static PairedBootstrap compare(double[] first, double[] second, RandomGenerator random) {
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        double difference = Arrays.stream(differences).average().orElse(0);
        double[] drawn = new double[DRAWS];
        int asLarge = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            drawn[draw] = sum / differences.length;
            // Around its own mean a drawn difference shows what luck alone does.
            if (Math.abs(drawn[draw] - difference) >= Math.abs(difference)) {
                asLarge++;
            }
        }
        Arrays.sort(drawn);
        return new PairedBootstrap(
                difference,
                drawn[(int) (DRAWS * 0.025)],
                drawn[(int) (DRAWS * 0.975)],
                (asLarge + 1.0) / (DRAWS + 1.0));
    }
}
