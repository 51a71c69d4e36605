package org.agreementledger.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A bundle taken apart and put together again by somebody who knows its format. */
public final class Forgery {

    private final Map<Part, byte[]> files = new EnumMap<>(Part.class);

    public static Forgery of(byte[] bundle) {
        Forgery forgery = new Forgery();
        try {
            Archive archive = Archive.read(Bytes.of(bundle));
            for (Part part : archive.files().keySet()) {
                forgery.files.put(part, archive.read(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return forgery;
    }

    Forgery put(Part part, byte[] bytes) {
        files.put(part, bytes);
        return this;
    }

    Forgery without(Part part) {
        files.remove(part);
        return this;
    }

    byte[] bytes(Part part) {
        return files.get(part);
    }

    String text(Part part) {
        return new String(files.get(part), StandardCharsets.UTF_8);
    }

    Forgery edit(Part part, UnaryOperator<String> edit) {
        return put(part, edit.apply(text(part)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param file of the bundle
     */
    public Forgery replace(String file, String old, String by) {
        return replace(Part.named(file).orElseThrow(), old, by);
    }

    Forgery replace(Part part, String old, String by) {
        return edit(
                part,
                text -> {
                    if (!text.contains(old)) {
                        throw new IllegalArgumentException(part + " has no " + old);
                    }
                    return text.replace(old, by);
                });
    }

    /** With its lines moved about; each ends in a newline. */
    Forgery lines(Part part, Consumer<List<String>> edit) {
        return edit(
                part,
                text -> {
                    List<String> lines = new ArrayList<>(text.lines().toList());
                    edit.accept(lines);
                    return String.join("\n", lines) + "\n";
                });
    }

    /** With every sum of the archive and of SHA256SUMS put right. */
    public byte[] bundle() {
        Map<Part, Bytes> contents = new EnumMap<>(Part.class);
        files.forEach((part, bytes) -> contents.put(part, Bytes.of(bytes)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            contents.put(Part.SUMS, Bytes.of(Derived.sums(Archive.sums(contents))));
            Archive.write(out, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
