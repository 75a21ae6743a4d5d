package dev.lockstep.store.dynamodb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Text in few bytes: a zlib stream (RFC 1950) with a dictionary of what stands in most items, so that of a small text
 * little more is left than what is its own. The stream names its dictionary by a checksum, and ends with one of the text.
 *
 * <p>The dictionaries are resources beside this class. One that was ever used is never changed: what was written with it
 * could not be read any more. A better one is a new file, and the newest is what is written with.
 */
final class PackedText {
    private static final String NEWEST = "dictionary-1.txt";

    private static final int BLOCK = 4096;

    private final Map<Integer, byte[]> dictionaries = new LinkedHashMap<>();
    private final byte[] newest;

    PackedText() {
        newest = resource(NEWEST);
        dictionaries.put(checksum(newest), newest);
    }

    /**
     * Prints one for people to read, given as AWS's command line shows it: docs/failure-modes.md tells how. It needs no
     * build, because nothing but the JDK is used here.
     */
    public static void main(String[] args) throws IOException {
        print(System.in, System.out);
    }

    static void print(InputStream base64, PrintStream text) throws IOException {
        byte[] packed = Base64.getMimeDecoder().decode(base64.readAllBytes());
        text.println(new PackedText().unpack(packed));
    }

    private static byte[] resource(String name) {
        try (InputStream in = PackedText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int checksum(byte[] dictionary) {
        Adler32 sum = new Adler32();
        sum.update(dictionary);
        return (int) sum.getValue();
    }

    byte[] pack(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setDictionary(newest);
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            while (!deflater.finished()) {
                packed.write(block, 0, deflater.deflate(block));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** @throws IllegalStateException if it is no such text, or is packed with a dictionary that this version does not have */
    String unpack(byte[] packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            while (!inflater.finished()) {
                text.write(block, 0, next(inflater, block));
            }
            return text.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException broken) {
            throw new IllegalStateException("a packed text is broken", broken);
        } finally {
            inflater.end();
        }
    }

    private int next(Inflater inflater, byte[] block) throws DataFormatException {
        int length = inflater.inflate(block);
        if (length == 0 && inflater.needsDictionary()) {
            byte[] dictionary = dictionaries.get(inflater.getAdler());
            if (dictionary == null) {
                throw new IllegalStateException("a text is packed with a dictionary that is not known here");
            }
            inflater.setDictionary(dictionary);
        } else if (length == 0 && !inflater.finished()) {
            throw new IllegalStateException("a packed text ends too early");
        }
        return length;
    }
}
