package dev.lectern.testing.pooler;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client of the pooler: its requests go to a session for one transaction, with the names of its prepared statements
/// made its own.
final class PooledClient {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final TransactionPooler pooler;
    private final Socket socket;
    private final String prefix;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Map<String, Message> parsed = new HashMap<>();

    @Nullable
    private ServerSession session;

    PooledClient(TransactionPooler pooler, Socket socket, String prefix) throws IOException {
        this.pooler = pooler;
        this.socket = socket;
        this.prefix = prefix;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    void serve() {
        try (socket) {
            greet();
            List<Message> batch = new ArrayList<>();
            while (true) {
                Message message = Message.read(in);
                if (message.is('X')) {
                    return;
                }
                batch.add(message);
                if (message.is('S') || message.is('Q')) {
                    exchange(batch);
                    batch.clear();
                }
            }
        } catch (IOException e) {
            // The client has gone, or the test is over.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (session != null) {
                pooler.giveBack(session);
            }
        }
    }

    private void greet() throws IOException {
        while (true) {
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            int code = ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                break;
            }
            out.writeByte('N');
            out.flush();
        }
        for (Message message : pooler.greeting()) {
            message.write(out);
        }
        out.flush();
    }

    private void exchange(List<Message> batch) throws IOException, InterruptedException {
        ServerSession used = session == null ? pooler.take() : session;
        session = used;
        int added = prepareWhatIsMissing(batch, used);
        for (Message message : batch) {
            renamed(message, used).write(used.out);
        }
        used.out.flush();
        while (true) {
            Message answer = Message.read(used.in);
            if (answer.is('1') && added > 0) {
                added--;
                continue;
            }
            answer.write(out);
            if (answer.is('Z')) {
                out.flush();
                if (answer.first() == 'I') {
                    session = null;
                    pooler.giveBack(used);
                }
                return;
            }
        }
    }

    private int prepareWhatIsMissing(List<Message> batch, ServerSession used) throws IOException {
        int added = 0;
        for (Message message : batch) {
            if (message.is('P') && !message.text(0).isEmpty()) {
                parsed.put(message.text(0), message);
            }
        }
        for (Message message : batch) {
            String name = message.is('B') ? message.text(message.text(0).length() + 1) : "";
            Message statement = parsed.get(name);
            boolean parsedHere = batch.stream()
                    .anyMatch(other -> other.is('P') && other.text(0).equals(name));
            if (statement != null && !parsedHere && used.prepared.add(prefix + name)) {
                statement.withText(0, prefix + name).write(used.out);
                added++;
            }
        }
        return added;
    }

    private Message renamed(Message message, ServerSession used) {
        return switch (message.type()) {
            case 'P' -> {
                String name = message.text(0);
                if (name.isEmpty()) {
                    yield message;
                }
                used.prepared.add(prefix + name);
                yield message.withText(0, prefix + name);
            }
            case 'B' -> renamedAt(message, message.text(0).length() + 1);
            case 'D', 'C' -> message.first() == 'S' ? renamedAt(message, 1) : message;
            default -> message;
        };
    }

    private Message renamedAt(Message message, int offset) {
        String name = message.text(offset);
        return name.isEmpty() ? message : message.withText(offset, prefix + name);
    }
}
