package org.agreementledger.api.limits;

import org.agreementledger.api.problems.Rejected;
import org.springframework.util.unit.DataSize;

/** How large a body may be, by what it is. */
public final class BodySize {

    public static final DataSize ENTRY = DataSize.ofMegabytes(1);
    public static final DataSize IMPORT = DataSize.ofMegabytes(64);

    /** Tomcat refuses a longer one by itself, see server.tomcat.max-http-form-post-size. */
    private static final DataSize FORM = DataSize.ofMegabytes(8);

    private BodySize() {}

    static DataSize of(String path, String contentType) {
        if (path.equals("/v1/import")) {
            return IMPORT;
        }
        return contentType.startsWith("application/x-www-form-urlencoded") ? FORM : ENTRY;
    }

    public static Rejected exceeded(DataSize most) {
        return Rejected.tooLarge(
                "This takes at most %d MB (%d bytes)."
                        .formatted(most.toMegabytes(), most.toBytes()));
    }
}
