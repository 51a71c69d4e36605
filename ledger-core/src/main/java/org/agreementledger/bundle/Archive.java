package org.agreementledger.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A zip file (PKWARE APPNOTE 6.3.10) of which the contents determine every byte: nothing is
 * compressed, the files have fixed names in a fixed order and no time, and there is no room for
 * anything else. So equal contents make equal archives, and whatever is not one of ours is refused.
 */
final class Archive {

    /** What 32 bits can say. There is no larger archive without the extensions of zip64. */
    static final long SIZE_MAX = 0xffff_ffffL;

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;

    /** Plain files: version 1.0 of the format. */
    private static final short VERSION = 10;

    /** The first day that zip knows, 1980-01-01. */
    private static final short DAY = 0x21;

    /** Of what is read as a whole. */
    private static final int SMALL_MAX = 100_000;

    private static final String AS_A_WHOLE = "the archive";

    /**
     * One file in it.
     *
     * @param start of its own bytes in the archive
     */
    record File(Part part, long start, long size, int crc, String sha256) {

        private long header() {
            return start - LOCAL_LENGTH - part.file().length();
        }

        private long end() {
            return start + size;
        }
    }

    private final Bytes bytes;
    private final Map<Part, File> files;

    private Archive(Bytes bytes, Map<Part, File> files) {
        this.bytes = bytes;
        this.files = files;
    }

    /** CRC-32 and SHA-256 of bytes that pass by. */
    private static final class Sums {
        private final CRC32 crc = new CRC32();
        private final MessageDigest sha256;

        Sums() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        void add(byte[] buffer, int length) {
            crc.update(buffer, 0, length);
            sha256.update(buffer, 0, length);
        }

        int crc() {
            return (int) crc.getValue();
        }

        /** Once. */
        String sha256() {
            return HexFormat.of().formatHex(sha256.digest());
        }
    }

    /**
     * Every byte is looked at.
     *
     * @throws Mismatch when it is not exactly such an archive
     */
    static Archive read(Bytes bytes) throws IOException {
        if (bytes.size() > SIZE_MAX) {
            throw new Mismatch(AS_A_WHOLE, "it is larger than a bundle can be, 4 GiB");
        }
        List<File> files = new ArrayList<>();
        long at = 0;
        try (InputStream in = bytes.open(0)) {
            byte[] signature = in.readNBytes(Integer.BYTES);
            while (at < bytes.size() && isLocal(signature)) {
                File file = readFile(in, at, signature, bytes.size(), files);
                files.add(file);
                at = file.end();
                signature = in.readNBytes(Integer.BYTES);
            }
            requireEnd(in, at, signature, bytes.size(), files);
        }
        Map<Part, File> byPart = new EnumMap<>(Part.class);
        files.forEach(file -> byPart.put(file.part(), file));
        return new Archive(bytes, byPart);
    }

    private static boolean isLocal(byte[] signature) {
        return Arrays.equals(signature, buffer(Integer.BYTES).putInt(LOCAL_SIGNATURE).array());
    }

    private static File readFile(
            InputStream in, long at, byte[] signature, long size, List<File> before)
            throws IOException {
        byte[] header = Arrays.copyOf(signature, LOCAL_LENGTH);
        int rest = LOCAL_LENGTH - Integer.BYTES;
        if (in.readNBytes(header, Integer.BYTES, rest) < rest) {
            throw cutOff(size);
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int crc = fields.getInt(14);
        long length = Integer.toUnsignedLong(fields.getInt(18));
        int nameLength = Short.toUnsignedInt(fields.getShort(26));
        String name = new String(in.readNBytes(nameLength), StandardCharsets.US_ASCII);
        Part part =
                Part.named(name)
                        .filter(named ->
                                before.isEmpty() || before.getLast().part().compareTo(named) < 0)
                        .orElseThrow(
                                () -> notOurs(at, "a file of another name, or not in its place"));
        long start = at + LOCAL_LENGTH + nameLength;
        if (start + length > size) {
            throw new Mismatch(part.file(), "it is cut off");
        }
        File file = readSums(in, part, start, length);
        if (file.crc() != crc) {
            throw new Mismatch(part.file(), "its bytes are not those that it was written with");
        }
        if (!Arrays.equals(header, Arrays.copyOf(local(file), LOCAL_LENGTH))) {
            throw notOurs(at, "a header unlike those of a bundle");
        }
        return file;
    }

    private static File readSums(InputStream in, Part part, long start, long length)
            throws IOException {
        Sums sums = new Sums();
        byte[] buffer = new byte[(int) Math.min(length, 1 << 16)];
        for (long left = length; left > 0; ) {
            int read = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            if (read == 0) {
                throw new Mismatch(part.file(), "it is cut off");
            }
            sums.add(buffer, read);
            left -= read;
        }
        return new File(part, start, length, sums.crc(), sums.sha256());
    }

    private static void requireEnd(
            InputStream in, long at, byte[] signature, long size, List<File> files)
            throws IOException {
        byte[] expected = directory(files, at);
        byte[] found = Arrays.copyOf(signature, expected.length + 1);
        int length =
                signature.length
                        + in.readNBytes(found, signature.length, found.length - signature.length);
        int differs = Arrays.mismatch(expected, 0, expected.length, found, 0, length);
        if (files.isEmpty()) {
            throw new Mismatch(AS_A_WHOLE, "it does not begin like a bundle");
        }
        if (differs == length && length < expected.length) {
            throw cutOff(size);
        }
        if (differs == expected.length) {
            throw new Mismatch(AS_A_WHOLE, "there is something behind its end");
        }
        if (differs >= 0) {
            throw notOurs(at + differs, "something else than its list of files");
        }
    }

    private static Mismatch cutOff(long size) {
        return new Mismatch(AS_A_WHOLE, "it is cut off after %d bytes".formatted(size));
    }

    private static Mismatch notOurs(long at, String what) {
        return new Mismatch(AS_A_WHOLE, "at byte %d there is %s".formatted(at, what));
    }

    /**
     * @param contents written in the order of their parts; read several times
     * @throws IllegalArgumentException when they are too large for one archive
     */
    static void write(OutputStream out, Map<Part, Bytes> contents) throws IOException {
        List<File> files = new ArrayList<>();
        long at = 0;
        for (Map.Entry<Part, Bytes> content : new EnumMap<>(contents).entrySet()) {
            Part part = content.getKey();
            long start = at + LOCAL_LENGTH + part.file().length();
            File file;
            try (InputStream in = content.getValue().open(0)) {
                file = readSums(in, part, start, content.getValue().size());
            }
            if (file.end() > SIZE_MAX) {
                throw new IllegalArgumentException(
                        "the bundle would be larger than 4 GiB; export agreement by agreement");
            }
            out.write(local(file));
            try (InputStream in = content.getValue().open(0)) {
                in.transferTo(out);
            }
            files.add(file);
            at = file.end();
        }
        out.write(directory(files, at));
    }

    /** The SHA-256 of each. */
    static Map<Part, String> sums(Map<Part, Bytes> contents) throws IOException {
        Map<Part, String> sums = new EnumMap<>(Part.class);
        for (Map.Entry<Part, Bytes> content : contents.entrySet()) {
            try (InputStream in = content.getValue().open(0)) {
                sums.put(
                        content.getKey(),
                        readSums(in, content.getKey(), 0, content.getValue().size()).sha256());
            }
        }
        return sums;
    }

    private static byte[] local(File file) {
        byte[] name = file.part().file().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = buffer(LOCAL_LENGTH + name.length).putInt(LOCAL_SIGNATURE);
        described(header, file, name);
        return header.put(name).array();
    }

    /** What the header before a file and the list of files have in common. */
    private static void described(ByteBuffer header, File file, byte[] name) {
        header.putShort(VERSION)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(DAY)
                .putInt(file.crc())
                .putInt((int) file.size())
                .putInt((int) file.size())
                .putShort((short) name.length)
                .putShort((short) 0);
    }

    /** The list of files, and the end. */
    private static byte[] directory(List<File> files, long at) {
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (File file : files) {
            byte[] name = file.part().file().getBytes(StandardCharsets.US_ASCII);
            ByteBuffer header =
                    buffer(CENTRAL_LENGTH + name.length)
                            .putInt(CENTRAL_SIGNATURE)
                            .putShort(VERSION);
            described(header, file, name);
            header.position(CENTRAL_LENGTH - Integer.BYTES).putInt((int) file.header()).put(name);
            directory.writeBytes(header.array());
        }
        directory.writeBytes(
                buffer(END_LENGTH)
                        .putInt(END_SIGNATURE)
                        .putInt(0)
                        .putShort((short) files.size())
                        .putShort((short) files.size())
                        .putInt(directory.size())
                        .putInt((int) at)
                        .putShort((short) 0)
                        .array());
        return directory.toByteArray();
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    Map<Part, File> files() {
        return files;
    }

    /**
     * As a whole; for small files.
     *
     * @throws Mismatch when it is larger, or is not there
     */
    byte[] read(Part part) throws IOException {
        if (file(part).size() > SMALL_MAX) {
            throw new Mismatch(part.file(), "it is longer than " + SMALL_MAX + " bytes");
        }
        try (InputStream in = open(part)) {
            return in.readAllBytes();
        }
    }

    /**
     * @throws Mismatch when it is not there
     */
    InputStream open(Part part) throws IOException {
        File file = file(part);
        return new Limited(bytes.open(file.start()), file.size());
    }

    private File file(Part part) {
        File file = files.get(part);
        if (file == null) {
            throw new Mismatch(part.file(), "it is missing");
        }
        return file;
    }

    /** The bytes of one file, and no more. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
