package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopSignalsTest {

    /// 128 and the number of SIGTERM.
    private static final int TERMINATED = 143;

    @Test
    void the_server_has_stopped_before_a_shutdown_hook_runs() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stoppable.class.getName())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD) // the log
                .start();
        try (BufferedReader said = process.errorReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            process.toHandle().destroy(); // the process itself would close what it says

            assertThat(said.readAllLines()).isEqualTo(List.of("server stopped", "hook"));
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    /// A server that stops slowly, in a process with a shutdown hook of somebody else's.
    static final class Stoppable {

        private static final CountDownLatch HOOK = new CountDownLatch(1);
        private static final long PATIENCE_MILLIS = 500;

        public static void main(String[] arguments) throws Exception {
            Server server = new Server();
            server.setStopAtShutdown(true); // as Dropwizard has it
            server.addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStopping(LifeCycle event) {
                    try {
                        // Were they to run at once, the hook would be first.
                        HOOK.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    System.err.println("server stopped");
                }
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.err.println("hook");
                HOOK.countDown();
            }));
            server.start();
            new StopSignals().serverStarted(server);
            System.err.println("ready");
            server.join();
        }
    }
}
