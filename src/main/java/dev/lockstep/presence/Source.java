package dev.lockstep.presence;

import java.util.Locale;
import java.util.Objects;

/**
 * Who says something about an agent: a platform ({@code dynamics}, {@code teams}), a phone connection
 * ({@code phone:desk}), an application ({@code application:crm}) or a schedule ({@code schedule:dynamics}).
 *
 * @param name the source's name, unique in an installation
 */
public record Source(String name) {
    public static final Source DYNAMICS = new Source("dynamics");
    public static final Source TEAMS = new Source("teams");

    private static final String APPLICATION = "application:";

    public Source {
        Objects.requireNonNull(name);
    }

    /** @param connection in whatever case: who writes it otherwise means the same one */
    public static Source phone(String connection) {
        return new Source("phone:" + connection.toLowerCase(Locale.ROOT));
    }

    public static Source application(String name) {
        return new Source(APPLICATION + name);
    }

    boolean isApplication() {
        return name.startsWith(APPLICATION);
    }

    public static Source schedule(String name) {
        return new Source("schedule:" + name);
    }

    /** Key of something that is unique only within this source. */
    String key(String part) {
        return name + "|" + part;
    }

    @Override
    public String toString() {
        return name;
    }
}
