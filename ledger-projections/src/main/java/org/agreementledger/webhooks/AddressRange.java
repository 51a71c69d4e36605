package org.agreementledger.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Addresses that begin alike (RFC 4632, RFC 4291).
 *
 * @param bits how many of them
 */
public record AddressRange(InetAddress start, int bits) {

    /**
     * @param text an address, or one with the number of its bits that count: {@code 10.0.0.0/8}
     * @throws IllegalArgumentException for anything else
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        try {
            InetAddress start = InetAddress.ofLiteral(parts[0]);
            int all = start.getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
            if (isPlain(start, parts[0]) && bits >= 0 && bits <= all) {
                return new AddressRange(start, bits);
            }
        } catch (IllegalArgumentException _) {
            // Neither an address nor a number.
        }
        throw unreadable(text);
    }

    /** Java takes {@code 10} for {@code 0.0.0.10}. */
    private static boolean isPlain(InetAddress address, String text) {
        return !(address instanceof Inet4Address) || address.getHostAddress().equals(text);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is not a range of addresses; write one like 10.1.0.0/16, 192.168.1.7 or fd00::/8");
    }

    boolean contains(InetAddress address) {
        byte[] here = start.getAddress();
        byte[] there = address.getAddress();
        if (here.length != there.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((here[bit / Byte.SIZE] ^ there[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return start.getHostAddress() + "/" + bits;
    }
}
