package org.agreementledger.api.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.HttpHeaders;

/** Who asks: the name that a token vouches for, or else the address. */
public final class Client {

    /** Whoever has one address of IPv6 has all that begin so. */
    private static final int NETWORK_BYTES = 8;

    private Client() {}

    public static String of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal != null && request.getHeader(HttpHeaders.AUTHORIZATION) != null
                ? "name " + principal.getName()
                : "address " + network(request.getRemoteAddr());
    }

    private static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
