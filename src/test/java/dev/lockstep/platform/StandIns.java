package dev.lockstep.platform;

import io.quarkus.arc.DefaultBean;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What a test of a part on its own needs from the rest; the real ones take precedence where they are there. */
public class StandIns {
    /** Lambda's runtime wants one function to serve: {@code quarkus.funqy.export}. */
    public static final String FUNCTION = "stand-in";

    @Funq(FUNCTION)
    public String serve() {
        return FUNCTION;
    }

    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @DefaultBean
    Secrets secrets() {
        return reference -> reference;
    }
}
