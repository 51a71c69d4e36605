package org.agreementledger.api.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whose pages may read here: the origins (RFC 6454) of their addresses, or {@code *} for every
 * page; none unless somebody says so.
 */
public record Origins(List<String> allowed) {

    public static final Origins NONE = new Origins(List.of());

    private static final String EVERY = "*";

    /**
     * @throws IllegalArgumentException for one that is neither an origin nor {@code *}
     */
    public static Origins of(Collection<String> texts) {
        return new Origins(texts.stream().map(Origins::origin).distinct().toList());
    }

    private static String origin(String text) {
        if (text.equals(EVERY)) {
            return text;
        }
        try {
            URI address = new URI(text.toLowerCase(Locale.ROOT));
            String origin = serialised(address);
            if (address.getHost() != null
                    && Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && (text.equalsIgnoreCase(origin) || isWithUsualPort(address))) {
                return origin;
            }
        } catch (URISyntaxException _) {
            // Told below, like all else that is none.
        }
        throw new IllegalArgumentException(
                "'"
                        + text
                        + "' is not an origin; write scheme, host and port alone, like https://grafana.example, or * for every page");
    }

    /** As a browser writes it, without the usual port. */
    private static String serialised(URI address) {
        return address.getScheme()
                + "://"
                + address.getHost()
                + (address.getPort() < 0 || isWithUsualPort(address)
                        ? ""
                        : ":" + address.getPort());
    }

    private static boolean isWithUsualPort(URI address) {
        String origin = address.toString();
        return origin.equals("http://" + address.getHost() + ":80")
                || origin.equals("https://" + address.getHost() + ":443");
    }

    public boolean isEmpty() {
        return allowed.isEmpty();
    }
}
