package dev.lectern.neon.warmup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How often a reader came within one more suspend timeout: trials and hits by how long it had been quiet and by how
/// busy such hours are.
///
/// Old trials fade, in that new ones weigh more. Cells with few trials lean on what their row and their column say.
final class HitTable {

    /// Of quiet times and of levels: each step is a factor of 1.65 and of 1.8.
    private static final int ROWS = 28;

    private static final int COLUMNS = 16;
    private static final double ROW_STEP = 0.25;
    private static final double COLUMN_STEP = 0.6;
    private static final double LOWEST_LEVEL = -5;

    /// The trials that a cell, a row or a column must have before its own say counts for half.
    private static final double FEW = 20;

    /// What is believed before anything is known: one quiet timeout in twenty ends with a reader.
    private static final double PRIOR = 0.05;

    private final double[] trials = new double[ROWS * COLUMNS];
    private final double[] hits = new double[ROWS * COLUMNS];
    private final double[] rowTrials = new double[ROWS];
    private final double[] rowHits = new double[ROWS];
    private final double[] columnTrials = new double[COLUMNS];
    private final double[] columnHits = new double[COLUMNS];
    private double allTrials;
    private double allHits;

    private static double row(double quiet) {
        return Math.clamp(Math.log(quiet) / ROW_STEP, 0, ROWS - 1.001);
    }

    private static double column(double level) {
        return Math.clamp((level - LOWEST_LEVEL) / COLUMN_STEP, 0, COLUMNS - 1.001);
    }

    /// Takes one trial in, shared by the four cells around it.
    ///
    /// @param quiet the time without a reader, in suspend timeouts
    /// @param level the logarithm of how busy such hours are
    /// @param weight what a trial of now weighs
    void learn(double quiet, double level, boolean hit, double weight) {
        double row = row(quiet);
        double column = column(level);
        int i = (int) row;
        int j = (int) column;
        double u = row - i;
        double v = column - j;
        add(i, j, (1 - u) * (1 - v) * weight, hit);
        add(i + 1, j, u * (1 - v) * weight, hit);
        add(i, j + 1, (1 - u) * v * weight, hit);
        add(i + 1, j + 1, u * v * weight, hit);
    }

    private void add(int row, int column, double weight, boolean hit) {
        trials[row * COLUMNS + column] += weight;
        rowTrials[row] += weight;
        columnTrials[column] += weight;
        allTrials += weight;
        if (hit) {
            hits[row * COLUMNS + column] += weight;
            rowHits[row] += weight;
            columnHits[column] += weight;
            allHits += weight;
        }
    }

    /// How probable a reader is within one more suspend timeout.
    double probability(double quiet, double level, double weight) {
        double few = FEW * weight;
        double all = (allHits + PRIOR * few) / (allTrials + few);
        double row = row(quiet);
        double column = column(level);
        int i = (int) row;
        int j = (int) column;
        double u = row - i;
        double v = column - j;
        return (1 - u) * (1 - v) * cell(i, j, all, few)
                + u * (1 - v) * cell(i + 1, j, all, few)
                + (1 - u) * v * cell(i, j + 1, all, few)
                + u * v * cell(i + 1, j + 1, all, few);
    }

    private double cell(int row, int column, double all, double few) {
        double ofRow = (rowHits[row] + all * few) / (rowTrials[row] + few);
        double ofColumn = (columnHits[column] + all * few) / (columnTrials[column] + few);
        double expected = Math.min(0.95, ofRow * ofColumn / all);
        int cell = row * COLUMNS + column;
        return (hits[cell] + expected * few) / (trials[cell] + few);
    }

    /// Makes all that is known weigh less.
    void scale(double factor) {
        for (double[] sums : sums()) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] *= factor;
            }
        }
        allTrials *= factor;
        allHits *= factor;
    }

    private double[][] sums() {
        return new double[][] {trials, hits, rowTrials, rowHits, columnTrials, columnHits};
    }

    void write(DataOutput out) throws IOException {
        for (double[] sums : sums()) {
            Numbers.write(sums, out);
        }
        out.writeDouble(allTrials);
        out.writeDouble(allHits);
    }

    static HitTable read(DataInput in) throws IOException {
        HitTable table = new HitTable();
        for (double[] sums : table.sums()) {
            Numbers.read(sums, in);
        }
        table.allTrials = in.readDouble();
        table.allHits = in.readDouble();
        return table;
    }
}
