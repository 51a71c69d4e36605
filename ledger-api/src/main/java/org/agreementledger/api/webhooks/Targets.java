package org.agreementledger.api.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.agreementledger.webhooks.AddressRules;

/** Whether an address may be subscribed; the sender asks again whenever it connects. */
final class Targets {

    private final AddressRules rules;
    private final Names names;

    Targets(AddressRules rules, Names names) {
        this.rules = rules;
        this.names = names;
    }

    /** Why not; empty where everything that its name stands for may be connected to. */
    Optional<String> refusal(URI url) {
        String host = url.getHost();
        try {
            for (InetAddress address : names.addresses(host)) {
                Optional<String> refusal =
                        rules.refusal(address, url.getScheme().equalsIgnoreCase("https"));
                if (refusal.isPresent()) {
                    return address.getHostAddress().equals(host)
                            ? refusal
                            : refusal.map(why -> host + " is not allowed: " + why);
                }
            }
            return Optional.empty();
        } catch (UnknownHostException _) {
            return Optional.of(host + " cannot be found: the name has no address");
        }
    }
}
