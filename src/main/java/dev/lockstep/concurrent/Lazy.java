package dev.lockstep.concurrent;

import java.util.function.Supplier;

/**
 * Something dear that is made when it is first needed, so that a function pays only for what it uses. What could not
 * be made is tried again by the next caller.
 */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile T made;

    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T held = made;
        return held != null ? held : make();
    }

    /** The next caller makes it anew. */
    public void forget() {
        made = null;
    }

    private synchronized T make() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
