package dev.lectern.openapi;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Draws.
record Chance(Random random) {

    private static final List<String> SYMBOLS = List.of(
            "a",
            "b",
            "e",
            "n",
            "pool",
            "permit",
            "Z",
            "0",
            "9",
            " ",
            " ",
            "\n",
            "\t",
            "\"",
            "\\",
            "/",
            "%",
            "+",
            "&",
            "<",
            "'",
            ":",
            "*",
            "[",
            "{",
            "~",
            "-",
            "\u0001",
            "\u007f",
            "ä",
            "\u0301",
            "ß",
            "漢",
            "\u200b",
            "\u202e",
            "\ufeff",
            "😀",
            "\ud83d\udc69\u200d\ud83d\ude80");

    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /// From the first number to the last.
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    UUID uuid() {
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
    }

    /// Text that begins with a letter and has no more characters than this.
    String text(int longest) {
        int length = once(8) ? longest : between(1, Math.min(longest, 40));
        String text = "W" + Stream.generate(() -> of(SYMBOLS)).limit(length).collect(Collectors.joining());
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    /// Printable ASCII without blanks, and without what stands for something in a draft.
    String ascii(int length) {
        return random.ints(length, '!', '~' + 1)
                .map(c -> c == '@' ? 'A' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
