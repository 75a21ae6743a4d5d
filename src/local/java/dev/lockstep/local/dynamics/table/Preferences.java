package dev.lockstep.local.dynamics.table;

import dev.lockstep.local.server.Request;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code Prefer} header asks for.
 *
 * @param formatted formatted values beside the raw ones
 * @param allAnnotations every annotation
 * @param representation the row in the answer to a write
 */
public record Preferences(OptionalInt pageSize, boolean formatted, boolean allAnnotations, boolean representation) {
    private static final int LARGEST_PAGE = 5000;
    private static final Pattern PAGE_SIZE = Pattern.compile("odata\\.maxpagesize\\s*=\\s*(\\d+)");
    private static final Pattern ANNOTATIONS = Pattern.compile("odata\\.include-annotations\\s*=\\s*\"([^\"]*)\"");

    public static Preferences of(Request request) {
        String header = request.header("Prefer").orElse("");
        Matcher size = PAGE_SIZE.matcher(header);
        Matcher annotations = ANNOTATIONS.matcher(header);
        String wanted = annotations.find() ? annotations.group(1) : "";
        return new Preferences(
                size.find() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty(),
                wanted.contains("*") || wanted.contains("OData.Community.Display.V1.FormattedValue"),
                wanted.contains("*"),
                header.contains("return=representation"));
    }

    public int rowsPerPage() {
        return Math.max(1, Math.min(LARGEST_PAGE, pageSize.orElse(LARGEST_PAGE)));
    }
}
