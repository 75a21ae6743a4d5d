package dev.lockstep.administration.page;

import dev.lockstep.browser.Page;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What draws a {@link ConfigurationPage}. */
@Singleton
public final class ConfigurationTemplates {
    private final Page page;

    @Inject
    public ConfigurationTemplates(
            @Location("configuration/page.html") Template page,
            @Location("board/style.txt") Template shared,
            @Location("configuration/style.txt") Template style,
            @Location("configuration/script.txt") Template script) {
        this.page = new Page(page, shared.render() + style.render(), script.render());
    }

    Page page() {
        return page;
    }
}
