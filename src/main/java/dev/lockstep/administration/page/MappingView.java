package dev.lockstep.administration.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One scope's mapping document as a form.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param team blank for the whole installation
 * @param teams that have a document of their own
 * @param text as it was typed, or is stored
 * @param version of what is stored, by which a change that somebody else makes meanwhile is noticed
 * @param stored beside what was typed, where somebody else changed it meanwhile
 */
public record MappingView(
        String team, List<String> teams, String text, String version, List<String> stored, Outcome outcome) {
    public MappingView {
        teams = List.copyOf(teams);
        stored = List.copyOf(stored);
    }

    public String teamQuery() {
        return URLEncoder.encode(team, StandardCharsets.UTF_8);
    }
}
