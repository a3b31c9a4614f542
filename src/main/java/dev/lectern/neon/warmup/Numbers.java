package dev.lectern.neon.warmup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Arrays of numbers of a known length, as bytes.
final class Numbers {

    private Numbers() {}

    static void write(double[] numbers, DataOutput out) throws IOException {
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    static void read(double[] numbers, DataInput in) throws IOException {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
    }
}
