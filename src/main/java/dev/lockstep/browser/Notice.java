package dev.lockstep.browser;

import java.util.List;

/**
 * A page that says one thing; {@code templates/browser/notice.html} shows it.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param again whether the browser asks again by itself
 */
public record Notice(String title, String text, List<Link> links, boolean again) {
    public Notice {
        links = List.copyOf(links);
    }

    static Notice of(String title, String text, Link... links) {
        return new Notice(title, text, List.of(links), false);
    }

    /** @param href ours, or Entra's */
    public record Link(String text, String href) {
        static final Link SIGN_IN = new Link("Sign in", "/sign-in");
        static final Link AS_SOMEBODY_ELSE = new Link("Sign in as somebody else", "/sign-in?account=choose");
        static final Link BOARD = new Link("To the board", "/board");
    }
}
