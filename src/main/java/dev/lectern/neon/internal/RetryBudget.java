package dev.lectern.neon.internal;

import java.util.concurrent.atomic.AtomicLong;

/// How much work may be repeated: one piece in five, and a reserve for the moment in which all connections are lost at
/// once. Without it a database that is ill would get twice the work that it gets when it is well.
///
/// After Finagle's [retry budgets](https://twitter.github.io/finagle/guide/Clients.html#retries).
final class RetryBudget {

    /// What a repetition costs, and what a piece of work brings in: a fifth.
    private static final long COST = 5;

    private final AtomicLong balance;
    private final long most;

    /// @param reserve how many repetitions may come at once
    RetryBudget(int reserve) {
        this.most = reserve * COST;
        this.balance = new AtomicLong(most);
    }

    /// A piece of work begins.
    void deposit() {
        if (balance.get() < most) {
            balance.incrementAndGet();
        }
    }

    /// Whether there was enough for a repetition, which is spent then.
    boolean withdraw() {
        return balance.getAndUpdate(left -> left < COST ? left : left - COST) >= COST;
    }
}
