package dev.lectern.limits;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/// Where a request comes from, as far as it is counted: an address of IPv4, or the /64 of one of IPv6, of which one
/// client has all.
///
/// @param bits the address, or the first half of it
record ClientAddress(long bits, boolean isIpv6) {

    private static final int IPV4_BYTES = 4;

    static ClientAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == IPV4_BYTES
                ? new ClientAddress(bytes.getInt(), false)
                : new ClientAddress(bytes.getLong(), true);
    }
}
