package org.agreementledger.readmodels;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it stands in a column, read only when somebody looks inside: most answers pass
 * it on as it is.
 */
public final class JsonText extends AbstractMap<String, Object> {

    private final String text;
    private @Nullable Map<String, Object> tree;

    JsonText(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return tree().entrySet();
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return tree().get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return tree().containsKey(name);
    }

    /** Two readers at once may both read it; they read the same. */
    private Map<String, Object> tree() {
        Map<String, Object> read = tree;
        if (read == null) {
            read = Json.object(text);
            tree = read;
        }
        return read;
    }
}
