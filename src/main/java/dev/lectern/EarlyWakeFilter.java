package dev.lectern;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/// Takes every request for the sign of a reader who may ask soon: a chapter that is read wakes the database in the
/// background, so that it is awake when the question has been typed.
record EarlyWakeFilter(Runnable readerMayAsk) implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            // Afterwards, since a request that used the database has woken it itself.
            readerMayAsk.run();
        }
    }
}
