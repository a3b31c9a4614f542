package dev.lectern.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // neither the request nor the response is looked at
class RequestScopeTest {

    private final Set<Thread> threads = new HashSet<>();
    private final RequestScope scope = new RequestScope(System::nanoTime, threads);

    @Test
    void holds_a_request_s_thread_while_it_lasts() throws Exception {
        scope.doFilter(null, null, (request, response) -> assertThat(threads).containsExactly(Thread.currentThread()));

        assertThat(threads).isEmpty();
    }

    @Test
    void lets_the_thread_go_where_the_request_fails() {
        assertThatThrownBy(() -> scope.doFilter(null, null, (request, response) -> {
                    throw new IOException("the client has gone");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the client has gone");

        assertThat(threads).isEmpty();
    }
}
