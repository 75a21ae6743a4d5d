package dev.lockstep.protocol.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses that lead to the machine itself, to what serves it (such as 169.254.169.254) or into its network (RFC 1918,
 * 3056, 3927, 4193, 6052, 6598). Whoever may say where messages go could reach by them what strangers cannot.
 */
public final class PrivateNetwork {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?]?");

    private static final List<Carrier> CARRIERS = Stream.of("0064ff9b0000000000000000", "2002", "0".repeat(24))
            .map(HexFormat.of()::parseHex)
            .map(Carrier::new)
            .toList();

    private PrivateNetwork() {}

    /** Whether a URL says so itself; no name is looked up. */
    public static boolean isNamedBy(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        boolean isLocal = host.equals("localhost") || host.endsWith(".localhost");
        return isLocal || (LITERAL.matcher(host).matches() && isReachedBy(host));
    }

    /**
     * Whether any address that a host has now is one.
     *
     * @return false for a host without an address: it cannot be reached anyway
     */
    public static boolean isReachedBy(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).anyMatch(PrivateNetwork::holds);
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    static boolean holds(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isShared(address)
                || isUniqueLocal(address)
                || isCarryingOne(address);
    }

    /** An IPv4 address inside an IPv6 one, to which a gateway leads on: 64:ff9b::/96, 2002::/16, ::/96. */
    private static boolean isCarryingOne(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                && CARRIERS.stream()
                        .filter(carrier -> carrier.holds(bytes))
                        .anyMatch(carrier -> holds(carrier.carried(bytes)));
    }

    /** The bytes with which such addresses begin; the IPv4 address follows. */
    private record Carrier(byte[] start) {
        boolean holds(byte[] address) {
            return Arrays.equals(start, 0, start.length, address, 0, start.length);
        }

        InetAddress carried(byte[] address) {
            try {
                return InetAddress.getByAddress(Arrays.copyOfRange(address, start.length, start.length + 4));
            } catch (UnknownHostException never) {
                throw new IllegalStateException("four bytes are an address", never);
            }
        }
    }

    /** 100.64.0.0/10, and 0.0.0.0/8, by which a machine names itself. */
    private static boolean isShared(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address && ((bytes[0] == 100 && (bytes[1] & 0xc0) == 64) || bytes[0] == 0);
    }

    /** fc00::/7. */
    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
