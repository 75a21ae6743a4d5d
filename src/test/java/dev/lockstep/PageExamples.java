package dev.lockstep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The fenced blocks of a document, which tests take as they stand there. */
public final class PageExamples {
    private PageExamples() {}

    /**
     * @param page a document's file, such as {@code docs/api.md}
     * @param language as it stands behind the fence
     * @return in the page's order, without the fences
     */
    public static List<String> of(String page, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + Pattern.quote(language) + "\n(.*?)^```$")
                .matcher(Files.readString(Path.of(page)))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
