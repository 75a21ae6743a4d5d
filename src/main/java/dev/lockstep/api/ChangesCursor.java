package dev.lockstep.api;

import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Profile;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.signature.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What somebody who follows changes knows: of the agents, parted among {@link #PARTS} by their ids, a digest for each part.
 * It holds what was given, and not when, so it is never too old, no clock and no lag of an index makes it miss a change, and
 * no instance has to remember it. The price is that with an agent the others of the same part are given.
 *
 * @param digests by part; zero for a part that nobody is in, or of which nothing was given yet
 * @param next the part to begin with, so that none waits for ever behind others
 */
record ChangesCursor(byte[] question, long[] digests, int next) {
    static final int PARTS = 256;

    /** Two states look alike by chance once in 2^40 changes. */
    private static final int DIGEST_BYTES = 5;

    private static final int QUESTION_BYTES = 4;
    private static final byte FORM = 1;
    private static final int BYTES = 1 + QUESTION_BYTES + 1 + PARTS * DIGEST_BYTES;
    private static final String SEPARATOR = "\0";

    /** Of somebody who knows nothing yet. */
    static ChangesCursor first(String team) {
        return new ChangesCursor(question(team), new long[PARTS], 0);
    }

    /** @throws RejectedRequest if it is none, or was given for another team */
    static ChangesCursor read(String text, String team) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(text));
        if (bytes.remaining() != BYTES || bytes.get() != FORM) {
            throw unknown();
        }
        byte[] question = new byte[QUESTION_BYTES];
        bytes.get(question);
        if (!Arrays.equals(question, question(team))) {
            throw RejectedRequest.malformed("after belongs to the changes of another team: ask without after once");
        }
        int next = Byte.toUnsignedInt(bytes.get());
        long[] digests = new long[PARTS];
        for (int part = 0; part < PARTS; part++) {
            digests[part] = digest(bytes);
        }
        return new ChangesCursor(question, digests, next);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static RejectedRequest unknown() {
        return RejectedRequest.malformed(
                "after must be the cursor of an answer before, as it is: ask without after once, and"
                        + " you are given everybody");
    }

    String write() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(FORM).put(question).put((byte) next);
        for (long digest : digests) {
            for (int shift = (DIGEST_BYTES - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                bytes.put((byte) (digest >>> shift));
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static long digest(ByteBuffer bytes) {
        long digest = 0;
        for (int count = 0; count < DIGEST_BYTES; count++) {
            digest = digest << Byte.SIZE | Byte.toUnsignedLong(bytes.get());
        }
        return digest;
    }

    /** Each agent's team is known in any case. */
    private static byte[] question(String team) {
        return Arrays.copyOf(Digest.sha256(Profile.teamKey(team)), QUESTION_BYTES);
    }

    /**
     * What is new.
     *
     * @param agents of each part in which something changed
     * @param cursor of whoever was given them
     * @param more whether there are further parts in which something changed
     */
    record News(List<AgentView> agents, ChangesCursor cursor, boolean more) {}

    /** @param most so many agents, but one part at least */
    News news(List<AgentView> present, int most) {
        List<List<AgentView>> parts = parts(present);
        long[] known = digests.clone();
        List<AgentView> given = new ArrayList<>();
        for (int step = 0; step < PARTS; step++) {
            int part = (next + step) % PARTS;
            long digest =
                    parts.get(part).stream().mapToLong(ChangesCursor::digest).reduce(0, (a, b) -> a ^ b);
            if (digest == known[part]) {
                continue;
            }
            if (!given.isEmpty() && given.size() + parts.get(part).size() > most) {
                return new News(given, new ChangesCursor(question, known, part), true);
            }
            given.addAll(parts.get(part));
            known[part] = digest;
        }
        return new News(given, new ChangesCursor(question, known, next), false);
    }

    private static List<List<AgentView>> parts(List<AgentView> present) {
        List<List<AgentView>> parts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            parts.add(new ArrayList<>());
        }
        present.forEach(view ->
                parts.get(Byte.toUnsignedInt(Digest.sha256(view.agentId())[0])).add(view));
        return parts;
    }

    /** Of all that is given of an agent. */
    private static long digest(AgentView view) {
        String given = String.join(
                SEPARATOR,
                view.agentId(),
                view.name(),
                view.team(),
                view.status().label(),
                view.since().map(String::valueOf).orElse(""));
        return digest(ByteBuffer.wrap(Digest.sha256(given)));
    }
}
