package org.agreementledger.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * To which addresses the ledger connects because somebody asked it to: to public ones, and to those
 * that whoever runs it allows. Otherwise a subscription would reach what only this machine can
 * reach (server-side request forgery).
 */
public final class AddressRules {

    /**
     * Not public: the special-purpose address registries of IANA (RFC 6890), multicast (RFC 5771),
     * class E, and the relays of 6to4 (RFC 7526).
     */
    private static final List<AddressRange> SPECIAL_4 =
            ranges(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4");

    /**
     * All that is public lies in here (RFC 4291, section 2.4); so loopback, link-local,
     * unique-local and multicast addresses, and those that stand for one of version 4 (mapped,
     * compatible, NAT64) do not.
     */
    private static final AddressRange GLOBAL_6 = AddressRange.parse("2000::/3");

    /** And of that, not: protocol assignments with Teredo, documentation, 6to4. */
    private static final List<AddressRange> SPECIAL_6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<AddressRange> allowed;

    public AddressRules(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts).map(AddressRange::parse).toList();
    }

    /**
     * Why not; empty where it may be connected to.
     *
     * @param encrypted whether what is sent there cannot be read on the way
     */
    public Optional<String> refusal(InetAddress address, boolean encrypted) {
        if (isIn(allowed, address)) {
            return Optional.empty();
        }
        if (!isPublic(address)) {
            return Optional.of(
                    address.getHostAddress()
                            + " is not a public address, and whoever runs this ledger has not"
                            + " allowed it");
        }
        return encrypted
                ? Optional.empty()
                : Optional.of(
                        address.getHostAddress()
                                + " is a public address, to which entries go encrypted only: use"
                                + " https");
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? !isIn(SPECIAL_4, address)
                : GLOBAL_6.contains(address) && !isIn(SPECIAL_6, address);
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
