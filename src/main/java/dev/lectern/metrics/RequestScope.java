package dev.lectern.metrics;

import dev.lectern.neon.monitor.WorkAccount;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;

/// The outermost filter: makes of each request something that all on its thread can add to, and opens its account with
/// the database, until its response is written. What streams an answer is on this thread, too.
///
/// @param nanoTime as [System#nanoTime()]
/// @param threads holds the thread of each request as long
record RequestScope(LongSupplier nanoTime, Set<Thread> threads) implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Thread thread = Thread.currentThread();
        threads.add(thread);
        try {
            RequestInProgress begun = new RequestInProgress(nanoTime);
            ScopedValue.where(RequestInProgress.CURRENT, begun)
                    .where(WorkAccount.CURRENT, begun.account())
                    .call(() -> {
                        chain.doFilter(request, response);
                        return true;
                    });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            threads.remove(thread);
        }
    }
}
