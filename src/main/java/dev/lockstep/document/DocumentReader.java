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
    private final Mistakes mistakes;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private DocumentReader(String scope, Mistakes mistakes) {
        this.scope = scope;
        this.mistakes = mistakes;
    }

    /**
     * @param scope what mistakes call the document
     * @param longest in bytes of UTF-8
     * @return the document; empty if it cannot be read at all, and a mistake says why
     */
    public static Optional<Tree> read(String scope, String text, int longest, Mistakes mistakes) {
        if (text.length() > longest || text.getBytes(StandardCharsets.UTF_8).length > longest) {
            mistakes.add(Place.in(scope), "", "the document is over " + longest / 1024 + " KB; make it smaller");
            return Optional.empty();
        }
        return new DocumentReader(scope, mistakes).read(text);
    }

    /** The same from JSON that was parsed already; its places are not known. */
    public static Tree of(String scope, JsonNode json) {
        Place place = Place.in(scope);
        if (json.isObject()) {
            List<Tree.Field> fields = new ArrayList<>();
            json.properties()
                    .forEach(entry -> fields.add(new Tree.Field(entry.getKey(), of(scope, entry.getValue()), place)));
            return new Tree.Branch(fields, place);
        }
        if (json.isArray()) {
            List<Tree> items = new ArrayList<>();
            json.forEach(item -> items.add(of(scope, item)));
            return new Tree.Items(items, place);
        }
        return json.isNull() || json.isMissingNode() ? new Tree.Nothing(place) : new Tree.Text(json.asText(), place);
    }

    private Optional<Tree> read(String text) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(withoutEscapedSlashes(text)));
            return Optional.of(root == null ? new Tree.Nothing(new Place(scope, 1, 1)) : tree(root, Path.ROOT));
        } catch (MarkedYAMLException broken) {
            mistakes.add(placeOf(broken), "", "this is no YAML: " + reason(broken));
        } catch (ReaderException broken) {
            mistakes.add(placeOf(text, broken.getPosition()), "", "a control character stands here; take it out");
        } catch (RuntimeException broken) {
            // The library's limits are told by plain exceptions, without a place.
            String message = "the document cannot be read as YAML; check its form, and that nothing in it lies deeper "
                    + "than " + DEEPEST + " levels";
            mistakes.add(Place.in(scope), "", message);
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

    private Place placeOf(MarkedYAMLException broken) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        return mark == null ? Place.in(scope) : placeOf(mark);
    }

    private Place placeOf(Mark mark) {
        return new Place(scope, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place placeOf(String text, int position) {
        String before = text.substring(0, Math.min(Math.max(position, 0), text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(scope, line, before.length() - before.lastIndexOf('\n'));
    }

    private Tree tree(Node node, Path path) {
        Place place = placeOf(node.getStartMark());
        if (node.getAnchor() != null || !seen.add(node)) {
            mistakes.add(place, path.text(), "anchors and aliases are not allowed; write the value out");
            return new Tree.Nothing(place);
        }
        return switch (node) {
            case MappingNode mapping -> branch(mapping, path, place);
            case SequenceNode sequence -> items(sequence, path, place);
            case ScalarNode scalar -> scalar(scalar, path, place);
            default -> new Tree.Nothing(place);
        };
    }

    private Tree branch(MappingNode node, Path path, Place place) {
        refuseTag(node, Tag.MAP, path, place);
        Set<String> names = new HashSet<>();
        List<Tree.Field> fields = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            field(tuple, path).filter(field -> isNew(field, names, path)).ifPresent(fields::add);
        }
        return new Tree.Branch(fields, place);
    }

    private Optional<Tree.Field> field(NodeTuple tuple, Path path) {
        Place place = placeOf(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
            mistakes.add(place, path.text(), "a name must be plain text, not a list or another set of names");
            return Optional.empty();
        }
        if (name.getAnchor() != null || !seen.add(name)) {
            mistakes.add(place, path.text(), "anchors and aliases are not allowed; write the name out");
            return Optional.empty();
        }
        Path inner = path.key(name.getValue());
        return Optional.of(new Tree.Field(name.getValue(), tree(tuple.getValueNode(), inner), place));
    }

    private boolean isNew(Tree.Field field, Set<String> names, Path path) {
        if (names.add(field.name())) {
            return true;
        }
        String where = path.key(field.name()).text();
        mistakes.add(field.place(), where, "\"" + field.name() + "\" is given twice; keep one");
        return false;
    }

    private Tree items(SequenceNode node, Path path, Place place) {
        refuseTag(node, Tag.SEQ, path, place);
        List<Tree> items = new ArrayList<>();
        for (int i = 0; i < node.getValue().size(); i++) {
            items.add(tree(node.getValue().get(i), path.item(i)));
        }
        return new Tree.Items(items, place);
    }

    private Tree scalar(ScalarNode node, Path path, Place place) {
        boolean plain = node.isPlain() && node.getTag().equals(Tag.NULL);
        if (!node.getTag().getValue().startsWith(Tag.PREFIX) || isTagged(node)) {
            refuse(node.getTag(), path, place);
        }
        return plain ? new Tree.Nothing(place) : new Tree.Text(node.getValue(), place);
    }

    /** A plain text's tag follows from its form; one that does not was written out. */
    private static boolean isTagged(ScalarNode node) {
        return !node.isPlain() && !node.getTag().equals(Tag.STR);
    }

    private void refuseTag(Node node, Tag usual, Path path, Place place) {
        if (!node.getTag().equals(usual)) {
            refuse(node.getTag(), path, place);
        }
    }

    private void refuse(Tag tag, Path path, Place place) {
        mistakes.add(place, path.text(), "tags such as " + tag.getValue() + " are not allowed; take it out");
    }
}
