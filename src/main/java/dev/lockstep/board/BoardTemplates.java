package dev.lockstep.board;

import dev.lockstep.browser.Page;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What draws a {@link BoardPage}, an {@link AgentPage} and a {@link CapacityPage}, with the style and the script that all have. */
@Singleton
public final class BoardTemplates {
    private final Page board;
    private final Page agent;
    private final Page capacity;

    @Inject
    public BoardTemplates(
            @Location("board/page.html") Template board,
            @Location("board/agent.html") Template agent,
            @Location("board/capacity.html") Template capacity,
            @Location("board/style.txt") Template style,
            @Location("board/script.txt") Template script) {
        this.board = new Page(board, style.render(), script.render());
        this.agent = new Page(agent, style.render(), script.render());
        this.capacity = new Page(capacity, style.render(), script.render());
    }

    Page board() {
        return board;
    }

    Page agent() {
        return agent;
    }

    Page capacity() {
        return capacity;
    }
}
