package dev.lectern.limits;

import dev.lectern.limits.LimitSettings.ForwardedHeader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/// Tells a client's address: the peer's, unless that is a proxy that the operator trusts. Then it is the right-most
/// address that such proxies have reported and that is not one of theirs: what stands left of it anybody can have made
/// up.
final class TrustedProxies {

    private final InetAddressSet proxies;
    private final ForwardedHeader header;

    private TrustedProxies(InetAddressSet proxies, ForwardedHeader header) {
        this.proxies = proxies;
        this.header = header;
    }

    /// @throws IllegalArgumentException where one of them is no address and no network
    static TrustedProxies of(LimitSettings settings) {
        InetAddressSet proxies = new InetAddressSet();
        for (String each : settings.trustedProxies().split(",", -1)) {
            String network = each.strip();
            if (!network.isEmpty()) {
                add(network, proxies);
            }
        }
        return new TrustedProxies(proxies, settings.forwardedHeader());
    }

    private static void add(String network, InetAddressSet proxies) {
        try {
            // Which would look a name up.
            InetAddress.ofLiteral(network.replaceFirst("/\\d{1,3}$", ""));
            proxies.add(network);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "trustedProxies has \"" + network
                            + "\": must be addresses and networks, such as 10.0.0.0/8 or fd00::/8, without bits behind"
                            + " the prefix",
                    e);
        }
    }

    private String header() {
        return header == ForwardedHeader.FORWARDED ? "Forwarded" : "X-Forwarded-For";
    }

    private boolean trusts(InetAddress peer) {
        return !proxies.isEmpty() && proxies.test(peer);
    }

    /// Whom a request comes from; null where its peer has no address, as on a local socket.
    @Nullable
    InetAddress client(Request request) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer)
                || peer.getAddress() == null) {
            return null;
        }
        return trusts(peer.getAddress())
                ? client(peer.getAddress(), request.getHeaders().getValuesList(header()))
                : peer.getAddress();
    }

    /// @param lines the header's, in their order
    InetAddress client(InetAddress peer, List<String> lines) {
        if (!trusts(peer)) {
            return peer;
        }
        List<String> hops = header == ForwardedHeader.FORWARDED
                ? ForwardedElements.addresses(lines)
                : List.of(String.join(",", lines).split(",", -1));
        InetAddress client = peer;
        for (String hop : hops.reversed()) {
            Optional<InetAddress> address = NodeAddress.parse(hop);
            if (address.isEmpty()) {
                // A proxy that is trusted has reported it: whoever it was is counted as that proxy.
                return client;
            }
            client = address.get();
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }
}
