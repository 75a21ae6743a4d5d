package dev.lockstep.local.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the handler for a method and a path such as {@code /users/{id}/presence} or {@code /systemusers({id})}. */
final class Router {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String pattern, Handler handler) {
        routes.add(Route.of(method, pattern, handler));
    }

    /** Empty when no route has this path; 405 when only the method is wrong. */
    Optional<Reply> dispatch(Request request) {
        boolean pathKnown = false;
        for (Route route : routes) {
            Optional<Map<String, String>> parts = route.match(request.path());
            if (parts.isPresent() && route.method.equals(request.method())) {
                return Optional.of(route.handler.handle(request.at(parts.get())));
            }
            pathKnown |= parts.isPresent();
        }
        return pathKnown ? Optional.of(Reply.empty(405)) : Optional.empty();
    }

    private record Route(String method, Pattern path, List<String> names, Handler handler) {

        static Route of(String method, String pattern, Handler handler) {
            List<String> names = new ArrayList<>();
            StringBuilder regex = new StringBuilder();
            Matcher placeholder = PLACEHOLDER.matcher(pattern);
            int from = 0;
            while (placeholder.find()) {
                regex.append(Pattern.quote(pattern.substring(from, placeholder.start())))
                        .append("([^/]+)");
                names.add(placeholder.group(1));
                from = placeholder.end();
            }
            regex.append(Pattern.quote(pattern.substring(from)));
            return new Route(method, Pattern.compile(regex.toString()), List.copyOf(names), handler);
        }

        Optional<Map<String, String>> match(String text) {
            Matcher matcher = path.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Map<String, String> parts = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                parts.put(names.get(i), matcher.group(i + 1));
            }
            return Optional.of(parts);
        }
    }
}
