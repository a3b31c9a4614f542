package dev.lectern;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops the server in order when the system asks the process to end, and has the JVM end after that.
///
/// By itself a JVM runs all its shutdown hooks at once, the server's among them. ONNX Runtime's frees what a model
/// that is being loaded still uses, and the process crashes
/// (https://github.com/microsoft/onnxruntime/issues/31352).
final class StopSignals implements ServerLifecycleListener {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /// With their numbers.
    private static final Map<String, Integer> SIGNALS = Map.of("TERM", 15, "INT", 2);

    /// What a shell says of a process that a signal has ended is this and the signal's number.
    private static final int SIGNALED = 128;

    @Override
    public void serverStarted(Server server) {
        SIGNALS.forEach((name, number) -> {
            try {
                // Else the JVM may end by itself once the server has stopped, and say 0.
                Thread.Builder stop = Thread.ofPlatform().daemon(false).name("stop");
                handle(name, () -> stop.start(() -> end(server, SIGNALED + number)));
            } catch (ReflectiveOperationException e) {
                LOG.warn("SIG{} is left to the JVM", name, e);
            }
        });
    }

    /// The JDK's own class for this is one whose use the compiler warns of, and no option silences that for one class.
    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler onSignal = (_, _, _) -> {
            action.run();
            return null;
        };
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, onSignal));
    }

    private static void end(Server server, int exitCode) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.error("The server did not stop as it should", e);
        } finally {
            System.exit(exitCode);
        }
    }
}
