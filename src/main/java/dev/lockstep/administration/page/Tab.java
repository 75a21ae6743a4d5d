package dev.lockstep.administration.page;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import java.util.Optional;

/** A part of the configuration with a page of its own. */
interface Tab {
    /** In the page's address. */
    String name();

    String title();

    Shown read(HttpCall call);

    /** What a form of the page asks for. The answer is a page again, so that nothing that was typed is lost. */
    Shown done(HttpCall call);

    /**
     * @param status of HTTP: 200, 412 for what somebody else changed meanwhile, 422 for mistakes
     * @param file instead of the page, if there is one
     */
    record Shown(int status, ConfigurationPage.Content content, Optional<HttpAnswer> file) {
        Shown(int status, ConfigurationPage.Content content) {
            this(status, content, Optional.empty());
        }

        /** A list to be kept. */
        static Shown file(String name, String csv) {
            return new Shown(200, ConfigurationPage.Content.NOTHING, Optional.of(HttpAnswer.csv(name, csv)));
        }
    }
}
