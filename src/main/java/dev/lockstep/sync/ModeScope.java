package dev.lockstep.sync;

import dev.lockstep.agent.Profile;
import dev.lockstep.platform.Subject;
import dev.lockstep.store.ControlKeys;
import java.util.Locale;

/**
 * Where a mode applies, as its key says. People write names in whatever case, so none tells them apart.
 *
 * @param name of the platform, team or agent as it is compared; blank for everywhere, the key itself if it says nothing
 */
public record ModeScope(Kind kind, String name) {
    /** What a mode can be for. */
    public enum Kind {
        EVERYWHERE,
        PLATFORM,
        TEAM,
        AGENT,
        /** A key that says nothing that is known: whoever wrote it wanted to hold something back. */
        UNKNOWN
    }

    /** @param key under which a mode is stored */
    public static ModeScope of(String key) {
        if (key.equals(ControlKeys.MODE)) {
            return new ModeScope(Kind.EVERYWHERE, "");
        }
        if (key.startsWith(ControlKeys.MODE_OF_PLATFORM)) {
            return new ModeScope(Kind.PLATFORM, folded(key.substring(ControlKeys.MODE_OF_PLATFORM.length())));
        }
        if (key.startsWith(ControlKeys.MODE_OF_TEAM)) {
            return new ModeScope(Kind.TEAM, Profile.teamKey(key.substring(ControlKeys.MODE_OF_TEAM.length())));
        }
        if (key.startsWith(ControlKeys.MODE_OF_AGENT)) {
            return new ModeScope(Kind.AGENT, folded(key.substring(ControlKeys.MODE_OF_AGENT.length())));
        }
        return new ModeScope(Kind.UNKNOWN, key);
    }

    public boolean covers(Subject subject, String platform) {
        return switch (kind) {
            case EVERYWHERE, UNKNOWN -> true;
            case PLATFORM -> isFor(platform);
            case TEAM -> name.equals(Profile.teamKey(subject.team()));
            case AGENT -> isFor(subject.agentId());
        };
    }

    /** Whether it is for the platform or the agent of that name. */
    public boolean isFor(String other) {
        return name.equals(folded(other));
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
