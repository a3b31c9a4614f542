package dev.lectern.access;

import jakarta.servlet.ServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who operates Lectern or imports a book, as far as it was proved: what a request says of itself proves nothing.
///
/// @param name of the credential, and never the credential
public record Operator(String name) {

    /// By `LECTERN_ADMIN_TOKEN`.
    static final Operator ADMIN_TOKEN = new Operator("the admin token");

    /// By `LECTERN_API_KEY`, which imports books.
    static final Operator IMPORT_KEY = new Operator("LECTERN_API_KEY");

    /// By nothing but a connection from this machine, where that is enough.
    static final Operator THIS_MACHINE = new Operator("this machine");

    private static final String ATTRIBUTE = Operator.class.getName();
    private static final Logger LOG = LoggerFactory.getLogger("dev.lectern.operators");

    /// By an API key, which its id tells apart and its name makes known.
    ///
    /// @param keyName null where it is not known
    static Operator bearing(String keyId, @Nullable String keyName) {
        return new Operator("API key " + keyId + (keyName == null ? "" : " \"" + keyName + "\""));
    }

    /// Who makes a request that [AdminGuard] has let in.
    public static Operator of(ServletRequest request) {
        return (Operator) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
    }

    void makes(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /// Writes into the log what was asked for and how it ended, for whoever asks later who did it.
    ///
    /// @param path of something that there is, so that nobody puts words into the log
    public void did(String method, String path, int status) {
        LOG.atInfo()
                .addKeyValue("by", name)
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .log("{} {} {} by {}", method, path, status, name);
    }
}
