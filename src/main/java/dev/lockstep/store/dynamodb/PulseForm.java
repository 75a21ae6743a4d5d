package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Sight;
import dev.lockstep.presence.Roster;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A pulse as few bytes: everybody's are read each minute. The first byte is the number of the form; what another version
 * wrote in another form is read by nobody, and then the agent's item is asked. The due time stands beside it.
 *
 * <p>Of when shifts were read whole seconds are kept, rounded down, as of when a sight ends: whoever takes them for exact
 * asks the item once too often and never too seldom.
 */
final class PulseForm {
    static final int FORM = 1;

    /** How an id stands there: as text, as the 16 bytes of a GUID in lower case, or as the agent's own. */
    private static final int TEXT = 0;

    private static final int GUID = 1;
    private static final int OWN = 2;

    /** With whether there is a sight, and whether that ends. */
    private static final int SIGHT = 4;

    private static final int ENDING = 8;

    private static final int HALF = 4;

    /** Names that stand in nearly every pulse, by their number from 1 on; 0 is followed by any other. They never change. */
    private static final List<String> NAMES = List.of("dynamics", "teams", "upn", "schedule:dynamics");

    private PulseForm() {}

    static byte[] write(Pulse pulse) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            writeText(pulse.team(), out);
            writeNumber(pulse.externalIds().size(), out);
            for (String platform : pulse.externalIds().keySet()) {
                writePlatform(pulse, platform, out);
            }
            writeNumber(pulse.rosters().known().size(), out);
            for (Map.Entry<String, Roster> roster : pulse.rosters().known().entrySet()) {
                writeName(roster.getKey(), 0, out);
                writeRoster(roster.getValue(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes can always be written", e);
        }
        return bytes.toByteArray();
    }

    private static void writePlatform(Pulse pulse, String platform, DataOutputStream out) throws IOException {
        String id = pulse.externalIds().get(platform);
        Optional<Sight> sight = Optional.ofNullable(pulse.sights().get(platform));
        Optional<Instant> until = sight.flatMap(Sight::until);
        int kind = id.equals(pulse.agentId()) ? OWN : isGuid(id) ? GUID : TEXT;
        writeName(platform, kind | (sight.isPresent() ? SIGHT : 0) | (until.isPresent() ? ENDING : 0), out);
        if (kind == TEXT) {
            writeText(id, out);
        } else if (kind == GUID) {
            UUID guid = UUID.fromString(id);
            out.writeLong(guid.getMostSignificantBits());
            out.writeLong(guid.getLeastSignificantBits());
        }
        if (sight.isPresent()) {
            out.writeShort((int) (sight.get().digest() >>> Integer.SIZE));
            out.writeInt((int) sight.get().digest());
        }
        if (until.isPresent()) {
            writeNumber(until.get().getEpochSecond(), out);
        }
    }

    private static boolean isGuid(String id) {
        try {
            return id.length() == 36 && UUID.fromString(id).toString().equals(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void writeRoster(Roster roster, DataOutputStream out) throws IOException {
        writeNumber(roster.moment().at().getEpochSecond(), out);
        writeNumber(roster.shifts().size(), out);
        for (Shift shift : roster.shifts()) {
            writeInstant(shift.start(), out);
            writeInstant(shift.end(), out);
        }
    }

    /** @param more is put into the upper half of the byte */
    private static void writeName(String name, int more, DataOutputStream out) throws IOException {
        int number = NAMES.indexOf(name) + 1;
        out.writeByte(more << HALF | number);
        if (number == 0) {
            writeText(name, out);
        }
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeNumber(bytes.length, out);
        out.write(bytes);
    }

    private static void writeInstant(Instant at, DataOutputStream out) throws IOException {
        writeNumber(at.getEpochSecond(), out);
        writeNumber(at.getNano(), out);
    }

    /** Seven bits a byte, the lowest first, of as many as it takes; the sign is the lowest bit. */
    private static void writeNumber(long number, DataOutputStream out) throws IOException {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** @return empty if it is of another form, or is damaged: then it tells nothing */
    static Optional<Pulse> read(String agentId, Optional<Instant> dueAt, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                return Optional.empty();
            }
            String team = readText(in);
            SortedMap<String, String> ids = new TreeMap<>();
            SortedMap<String, Sight> sights = new TreeMap<>();
            for (long left = readNumber(in); left > 0; left--) {
                readPlatform(agentId, in, ids, sights);
            }
            SortedMap<String, Roster> rosters = new TreeMap<>();
            for (long left = readNumber(in); left > 0; left--) {
                Roster roster = readRoster(in);
                rosters.put(roster.source().name(), roster);
            }
            return Optional.of(new Pulse(agentId, dueAt, true, team, ids, new Rosters(rosters), sights));
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private static void readPlatform(
            String agentId, DataInputStream in, SortedMap<String, String> ids, SortedMap<String, Sight> sights)
            throws IOException {
        int first = in.readUnsignedByte();
        String platform = readName(first, in);
        int kind = first >>> HALF;
        ids.put(
                platform,
                switch (kind & (GUID | OWN)) {
                    case OWN -> agentId;
                    case GUID -> new UUID(in.readLong(), in.readLong()).toString();
                    default -> readText(in);
                });
        if ((kind & SIGHT) != 0) {
            long digest = (long) in.readUnsignedShort() << Integer.SIZE | Integer.toUnsignedLong(in.readInt());
            Optional<Instant> until = (kind & ENDING) != 0 ? Optional.of(readSecond(in)) : Optional.empty();
            sights.put(platform, new Sight(digest, until));
        }
    }

    private static Roster readRoster(DataInputStream in) throws IOException {
        Source source = new Source(readName(in.readUnsignedByte(), in));
        SourceTime moment = SourceTime.at(readSecond(in));
        List<Shift> shifts = new ArrayList<>();
        for (long left = readNumber(in); left > 0; left--) {
            shifts.add(new Shift(readInstant(in), readInstant(in)));
        }
        return new Roster(source, moment, shifts);
    }

    private static String readName(int first, DataInputStream in) throws IOException {
        int number = first & (1 << HALF) - 1;
        return number == 0 ? readText(in) : NAMES.get(number - 1);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = Math.toIntExact(readNumber(in));
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a text that ends too early");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Instant readSecond(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(readNumber(in));
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(readNumber(in), readNumber(in));
    }

    private static long readNumber(DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = in.readUnsignedByte();
            number |= (part & 0x7fL) << shift;
            if (part < 0x80) {
                break;
            }
        }
        return (number >>> 1) ^ -(number & 1);
    }
}
