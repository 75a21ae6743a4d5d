package dev.lockstep.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML, and JSON as the YAML that it is.
 *
 * <p>Documents come from people and from the network, so what makes YAML dangerous is refused: tags, anchors and
 * aliases (a few lines of them unfold to gigabytes), more than {@value #DEEPEST} levels, and texts over a given size.
 * Nothing is ever instantiated: only the composer runs, not the constructor.
 */
public final class DocumentReader {
    private static final int DEEPEST = 20;

    /** An escaped character. JSON may escape a slash, which YAML 1.1 does not know. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private final String scope;
    private final Diagnostics mistakes;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private DocumentReader(String scope, Diagnostics mistakes) {
        this.scope = scope;
        this.mistakes = mistakes;
    }

    /**
     * @param scope what mistakes call the document
     * @param longest in bytes of UTF-8
     * @return the document; empty if it cannot be read at all, and a mistake says why
     */
    public static Optional<DocumentNode> read(String scope, String text, int longest, Diagnostics mistakes) {
        if (text.length() > longest || text.getBytes(StandardCharsets.UTF_8).length > longest) {
            mistakes.add(
                    SourceLocation.in(scope), "", "the document is over " + longest / 1024 + " KB; make it smaller");
            return Optional.empty();
        }
        return new DocumentReader(scope, mistakes).read(text);
    }

    /** The same from JSON that was parsed already; its places are not known. */
    public static DocumentNode of(String scope, JsonNode json) {
        SourceLocation place = SourceLocation.in(scope);
        if (json.isObject()) {
            List<DocumentNode.Field> fields = new ArrayList<>();
            json.properties()
                    .forEach(entry ->
                            fields.add(new DocumentNode.Field(entry.getKey(), of(scope, entry.getValue()), place)));
            return new DocumentNode.Fields(fields, place);
        }
        if (json.isArray()) {
            List<DocumentNode> items = new ArrayList<>();
            json.forEach(item -> items.add(of(scope, item)));
            return new DocumentNode.Sequence(items, place);
        }
        return json.isNull() || json.isMissingNode()
                ? new DocumentNode.Empty(place)
                : new DocumentNode.Scalar(json.asText(), place);
    }

    private Optional<DocumentNode> read(String text) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(withoutEscapedSlashes(text)));
            return Optional.of(
                    root == null ? new DocumentNode.Empty(new SourceLocation(scope, 1, 1)) : tree(root, KeyPath.ROOT));
        } catch (MarkedYAMLException broken) {
            mistakes.add(placeOf(broken), "", "this is no YAML: " + reason(broken));
        } catch (ReaderException broken) {
            mistakes.add(placeOf(text, broken.getPosition()), "", "a control character stands here; take it out");
        } catch (RuntimeException broken) {
            // The library's limits are told by plain exceptions, without a place.
            String message = "the document cannot be read as YAML; check its form, and that nothing in it lies deeper "
                    + "than " + DEEPEST + " levels";
            mistakes.add(SourceLocation.in(scope), "", message);
        }
        return Optional.empty();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        // Each is told as a mistake with its place; nothing here unfolds them.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setAllowRecursiveKeys(false);
        options.setProcessComments(false);
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setTagInspector(tag -> true);
        return options;
    }

    private static String withoutEscapedSlashes(String text) {
        if (!text.stripLeading().startsWith("{") || !text.contains("\\/")) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(escape -> escape.group(1).equals("/") ? "/" : Matcher.quoteReplacement(escape.group()));
    }

    private static String reason(MarkedYAMLException broken) {
        String problem = Optional.ofNullable(broken.getProblem()).orElse("it ends too early");
        return problem.replace('\n', ' ').strip();
    }

    private SourceLocation placeOf(MarkedYAMLException broken) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        return mark == null ? SourceLocation.in(scope) : placeOf(mark);
    }

    private SourceLocation placeOf(Mark mark) {
        return new SourceLocation(scope, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private SourceLocation placeOf(String text, int position) {
        String before = text.substring(0, Math.min(Math.max(position, 0), text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new SourceLocation(scope, line, before.length() - before.lastIndexOf('\n'));
    }

    private DocumentNode tree(Node node, KeyPath path) {
        SourceLocation place = placeOf(node.getStartMark());
        if (node.getAnchor() != null || !seen.add(node)) {
            mistakes.add(place, path.text(), "anchors and aliases are not allowed; write the value out");
            return new DocumentNode.Empty(place);
        }
        return switch (node) {
            case MappingNode mapping -> branch(mapping, path, place);
            case SequenceNode sequence -> items(sequence, path, place);
            case ScalarNode scalar -> scalar(scalar, path, place);
            default -> new DocumentNode.Empty(place);
        };
    }

    private DocumentNode branch(MappingNode node, KeyPath path, SourceLocation place) {
        refuseTag(node, Tag.MAP, path, place);
        Set<String> names = new HashSet<>();
        List<DocumentNode.Field> fields = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            field(tuple, path).filter(field -> isNew(field, names, path)).ifPresent(fields::add);
        }
        return new DocumentNode.Fields(fields, place);
    }

    private Optional<DocumentNode.Field> field(NodeTuple tuple, KeyPath path) {
        SourceLocation place = placeOf(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
            mistakes.add(place, path.text(), "a name must be plain text, not a list or another set of names");
            return Optional.empty();
        }
        if (name.getAnchor() != null || !seen.add(name)) {
            mistakes.add(place, path.text(), "anchors and aliases are not allowed; write the name out");
            return Optional.empty();
        }
        KeyPath inner = path.key(name.getValue());
        return Optional.of(new DocumentNode.Field(name.getValue(), tree(tuple.getValueNode(), inner), place));
    }

    private boolean isNew(DocumentNode.Field field, Set<String> names, KeyPath path) {
        if (names.add(field.name())) {
            return true;
        }
        String where = path.key(field.name()).text();
        mistakes.add(field.place(), where, "\"" + field.name() + "\" is given twice; keep one");
        return false;
    }

    private DocumentNode items(SequenceNode node, KeyPath path, SourceLocation place) {
        refuseTag(node, Tag.SEQ, path, place);
        List<DocumentNode> items = new ArrayList<>();
        for (int i = 0; i < node.getValue().size(); i++) {
            items.add(tree(node.getValue().get(i), path.item(i)));
        }
        return new DocumentNode.Sequence(items, place);
    }

    private DocumentNode scalar(ScalarNode node, KeyPath path, SourceLocation place) {
        boolean plain = node.isPlain() && node.getTag().equals(Tag.NULL);
        if (!node.getTag().getValue().startsWith(Tag.PREFIX) || isTagged(node)) {
            refuse(node.getTag(), path, place);
        }
        return plain ? new DocumentNode.Empty(place) : new DocumentNode.Scalar(node.getValue(), place);
    }

    /** A plain text's tag follows from its form; one that does not was written out. */
    private static boolean isTagged(ScalarNode node) {
        return !node.isPlain() && !node.getTag().equals(Tag.STR);
    }

    private void refuseTag(Node node, Tag usual, KeyPath path, SourceLocation place) {
        if (!node.getTag().equals(usual)) {
            refuse(node.getTag(), path, place);
        }
    }

    private void refuse(Tag tag, KeyPath path, SourceLocation place) {
        mistakes.add(place, path.text(), "tags such as " + tag.getValue() + " are not allowed; take it out");
    }
}
