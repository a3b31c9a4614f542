package dev.lectern.fastpath;

import java.util.List;
import java.util.UUID;

/// A route that reads, and what its statement is asked for.
enum Read {
    CONVERSATION("point read", "", 1, 0.8) {
        @Override
        List<String> parameters(Seed seed) {
            return List.of(seed.conversation(), seed.reader());
        }
    },
    HISTORY("history of 20 rows", "/messages", Seed.MESSAGES, 0.7) {
        @Override
        List<String> parameters(Seed seed) {
            String beforeAll = new UUID(0, 0).toString();
            String oneMoreThanThePage = Integer.toString(Seed.MESSAGES + 1);
            return List.of(seed.conversation(), seed.reader(), seed.conversation(), beforeAll, oneMoreThanThePage);
        }
    };

    private final String text;
    private final String subpath;
    private final int rows;
    private final double goal;

    Read(String text, String subpath, int rows, double goal) {
        this.text = text;
        this.subpath = subpath;
        this.rows = rows;
        this.goal = goal;
    }

    String text() {
        return text;
    }

    /// Below `/api/v1`.
    String path(String conversation) {
        return "/conversations/" + conversation + subpath;
    }

    /// How many rows its statement gives.
    int rows() {
        return rows;
    }

    /// Which part of the limit is wanted at least.
    double goal() {
        return goal;
    }

    /// The values of the statement's parameters, in their order.
    abstract List<String> parameters(Seed seed);
}
