package dev.lectern.observation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Clients that read one path again and again, each over a connection of its own. They parse no more of an answer than
/// they need to find its end, so that the processors are left to the server.
final class Callers implements AutoCloseable {

    private static final String LENGTH = "content-length:";
    private static final long CHUNKED = -1;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder answers = new LongAdder();
    private volatile boolean over;
    private volatile @Nullable Exception failure;

    Callers(URI server, String path, @Nullable String token, int count) {
        byte[] request = """
                GET %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                \r
                """.formatted(path, token).getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            threads.execute(() -> call(server, request));
        }
    }

    /// Answers a second, seen for some time.
    double rate(Duration time) throws InterruptedException {
        long before = answers.sum();
        long start = System.nanoTime();
        Thread.sleep(time);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return (answers.sum() - before) / seconds;
    }

    private void call(URI server, byte[] request) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            while (!over) {
                socket.getOutputStream().write(request);
                String status = line(in);
                if (!status.contains(" 200 ")) {
                    throw new IOException(status);
                }
                skipBody(in, length(in));
                answers.increment();
            }
        } catch (IOException e) {
            if (!over) {
                failure = e;
            }
        }
    }

    /// Reads the head to its end, and tells the body's length: [#CHUNKED] where it comes in chunks.
    private static long length(InputStream in) throws IOException {
        long length = CHUNKED;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Long.parseLong(line.substring(LENGTH.length()).strip());
            }
        }
        return length;
    }

    private static void skipBody(InputStream in, long length) throws IOException {
        if (length != CHUNKED) {
            in.skipNBytes(length);
            return;
        }
        long chunk;
        do {
            chunk = Long.parseLong(line(in), 16);
            in.skipNBytes(chunk + 2);
        } while (chunk > 0);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection has ended");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        over = true;
        threads.close();
        if (failure != null) {
            throw new UncheckedIOException(new IOException(failure));
        }
    }
}
