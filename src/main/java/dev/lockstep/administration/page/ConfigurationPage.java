package dev.lockstep.administration.page;

import dev.lockstep.browser.Visitors;
import java.util.List;

/**
 * What {@code templates/configuration/page.html} shows: the head, and one part of the configuration.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param visitor who is signed in, if anybody is
 */
public record ConfigurationPage(String title, List<Way> tabs, List<Visitors.Visitor> visitor, Content content) {
    public ConfigurationPage {
        tabs = List.copyOf(tabs);
        visitor = List.copyOf(visitor);
    }

    /** The session's own, for every form; blank where nobody is asked to sign in. */
    public String formToken() {
        return visitor.stream().map(Visitors.Visitor::formToken).findFirst().orElse("");
    }

    /** A way to another part. */
    public record Way(String title, String href, boolean current) {}

    /** One of these holds one element. */
    public record Content(
            List<MappingView> mapping,
            List<ConnectionsView> connections,
            List<ListView> list,
            List<ModesView> modes,
            List<HistoryView> history) {
        static final Content NOTHING = new Content(List.of(), List.of(), List.of(), List.of(), List.of());

        static Content of(MappingView view) {
            return new Content(List.of(view), List.of(), List.of(), List.of(), List.of());
        }

        static Content of(ConnectionsView view) {
            return new Content(List.of(), List.of(view), List.of(), List.of(), List.of());
        }

        static Content of(ListView view) {
            return new Content(List.of(), List.of(), List.of(view), List.of(), List.of());
        }

        static Content of(ModesView view) {
            return new Content(List.of(), List.of(), List.of(), List.of(view), List.of());
        }

        static Content of(HistoryView view) {
            return new Content(List.of(), List.of(), List.of(), List.of(), List.of(view));
        }
    }
}
