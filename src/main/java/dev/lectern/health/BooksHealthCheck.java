package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// Tells whether there is a book in memory that can be served without the database.
final class BooksHealthCheck extends HealthCheck {

    private final IntSupplier books;
    private final LongSupplier revision;

    BooksHealthCheck(IntSupplier books, LongSupplier revision) {
        this.books = books;
        this.revision = revision;
    }

    @Override
    protected Result check() {
        int served = books.getAsInt();
        return served == 0
                ? Result.unhealthy("no book is served: import one, or see whether the database can be had")
                : Result.healthy("%d served, revision %d", served, revision.getAsLong());
    }
}
