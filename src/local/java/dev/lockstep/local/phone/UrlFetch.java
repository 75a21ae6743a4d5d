package dev.lockstep.local.phone;

import java.io.IOException;
import java.net.URI;

/** Fetches a URL once, as a phone does. */
@FunctionalInterface
public interface UrlFetch {

    /**
     * @return the answer's status, which the phone ignores
     * @throws IOException when there was no answer
     */
    int get(URI url) throws IOException;
}
