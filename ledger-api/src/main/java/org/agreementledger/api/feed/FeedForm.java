package org.agreementledger.api.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;

/** In which a feed is written; its suffix is its name. */
enum FeedForm {
    JSON(new MediaType("application", "feed+json")) {
        @Override
        byte[] write(FeedDocument document) {
            return JsonFeed.write(document);
        }
    },
    ATOM(new MediaType(MediaType.APPLICATION_ATOM_XML, StandardCharsets.UTF_8)) {
        @Override
        byte[] write(FeedDocument document) {
            return AtomFeed.write(document);
        }
    },
    CLOUDEVENTS(new MediaType("application", "cloudevents-batch+json")) {
        @Override
        byte[] write(FeedDocument document) {
            return EntryEvent.batch(document);
        }
    };

    /** The first is the one for who accepts any. A feed in JSON goes by the general name too. */
    static final List<MediaType> TYPES =
            List.of(JSON.type, MediaType.APPLICATION_JSON, ATOM.type, CLOUDEVENTS.type);

    private final MediaType type;

    FeedForm(MediaType type) {
        this.type = type;
    }

    static FeedForm of(MediaType type) {
        for (FeedForm form : values()) {
            if (form.type.equals(type)) {
                return form;
            }
        }
        return JSON;
    }

    MediaType type() {
        return type;
    }

    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    abstract byte[] write(FeedDocument document);
}
