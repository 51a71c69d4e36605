package org.agreementledger.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may stand in a subscription as its address, whatever it resolves to. */
public final class WebhookUrl {

    private static final int PORT_MAX = 65_535;

    /** As the URL standard of WHATWG has it: octal, hexadecimal and shortened forms among them. */
    private static final Pattern ENDS_IN_A_NUMBER =
            Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern PLAIN =
            Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private WebhookUrl() {}

    /**
     * @throws IllegalArgumentException with the rule that it breaks; its text is not repeated
     */
    public static URI parse(String text) {
        URI url = uri(text);
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("it must start with https:// or http://");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "it must hold no user name or password; the signature says who sends");
        }
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException("it must hold no fragment (#), which is never sent");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(
                    "it must name a host: a name in ASCII, four decimal numbers, or an address of"
                            + " IPv6 in brackets");
        }
        requirePlainAddress(url.getHost());
        if (url.getPort() == 0 || url.getPort() > PORT_MAX) {
            throw new IllegalArgumentException("its port must be one from 1 to " + PORT_MAX);
        }
        return url;
    }

    private static URI uri(String text) {
        try {
            URI url = new URI(text);
            if (url.toASCIIString().equals(text)) {
                return url;
            }
        } catch (URISyntaxException _) {
            throw notAnAddress();
        }
        throw notAnAddress();
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException(
                "it must be a web address with blanks and special characters percent-encoded");
    }

    /** What ends in a number is an address of version 4, and is read in one way only. */
    private static void requirePlainAddress(String host) {
        if (ENDS_IN_A_NUMBER.matcher(host).matches() && !PLAIN.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "its host must be four decimal numbers without leading zeros, or a name, not "
                            + host);
        }
        if (host.contains("%")) {
            throw new IllegalArgumentException("its host must not name a network interface (%)");
        }
    }
}
