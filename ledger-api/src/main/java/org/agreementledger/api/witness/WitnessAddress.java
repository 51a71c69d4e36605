package org.agreementledger.api.witness;

import java.net.URI;
import org.agreementledger.proof.CosignerKey;

/**
 * A witness of this log.
 *
 * @param url the submission prefix of C2SP tlog-witness, without a slash at its end
 */
public record WitnessAddress(URI url, CosignerKey key) {

    /**
     * @param text {@code URL=name+id+base64}
     * @throws IllegalArgumentException for anything else
     */
    public static WitnessAddress parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a witness, which is written URL=name+id+base64");
        }
        URI url = URI.create(text.substring(0, equals).replaceFirst("/+$", ""));
        if (url.getHost() == null
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("'" + url + "' is not an http or https URL");
        }
        return new WitnessAddress(url, CosignerKey.parse(text.substring(equals + 1)));
    }

    URI addCheckpoint() {
        return URI.create(url + "/add-checkpoint");
    }
}
