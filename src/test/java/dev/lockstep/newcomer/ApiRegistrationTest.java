package dev.lockstep.newcomer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.browser.BrowserSignIn;
import dev.lockstep.protocol.entra.Guid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide's commands for the app registration that opens the API, as they stand there, run by bash against a double of
 * the directory's API (learn.microsoft.com/graph/api/application-update).
 */
class ApiRegistrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APP = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final Set<String> OF_APPLICATIONS =
            Set.of("identifierUris", "groupMembershipClaims", "api", "appRoles", "web", "granted");
    private static final Set<String> OF_ROLES =
            Set.of("id", "value", "displayName", "description", "isEnabled", "allowedMemberTypes");
    private static final Set<String> OF_SCOPES =
            Set.of("id", "value", "type", "isEnabled", "adminConsentDisplayName", "adminConsentDescription");

    /** Azure's command line, as far as the guide needs it: what it does with a registration goes to the double. */
    private static final String AZ = """
            #!/usr/bin/env bash
            set -euo pipefail
            GRAPH="https://graph.microsoft.com/v1.0/applications(appId='%1$s')"
            case "$1 $2 $3" in
              "ad app create") echo %1$s ;;
              "ad sp create" | "ad sp update") [ "$5" = %1$s ] ;;
              "ad app update")
                [ "$5 $6" = "%1$s --web-redirect-uris" ]
                printf '{"web":{"redirectUris":["%%s"]}}' "$7" |
                  curl --fail-with-body -sS -X PATCH -H "x-uri: $GRAPH" --data-binary @- %2$s ;;
              "ad app permission")
                [ "$4 $5 $6 $7 $8" = "grant --id %1$s --api 00000003-0000-0000-c000-000000000000" ]
                printf '{"granted":"%%s"}' "${10}" | curl --fail-with-body -sS -X PATCH -H "x-uri: $GRAPH" --data-binary @- %2$s ;;
              "ad app credential") [ "$4 $5 $6" = "reset --id %1$s" ]; echo made-by-entra ;;
              "rest --method "*)
                [ "$4" = --uri ]
                case ${6-} in
                  --body) curl --fail-with-body -sS -X "$3" -H "x-uri: $5" --data-binary "$7" %2$s ;;
                  *) curl --fail-with-body -sS -X "$3" -H "x-uri: $5" %2$s ;;
                esac ;;
              *) echo "no such command: $*" >&2; exit 2 ;;
            esac
            """;

    /** Terraform's outputs. */
    private static final String TERRAFORM = """
            #!/usr/bin/env bash
            case "$*" in
              "output -raw url") printf https://presence.contoso.com ;;
              "output -json secrets") echo '{"browser_sign_in": "arn:pages", "session_keys": "arn:keys"}' ;;
              *) exit 2 ;;
            esac
            """;

    /** The secret store: one file for each secret. */
    private static final String AWS = """
            #!/usr/bin/env bash
            set -euo pipefail
            [ "$1 $2 $3 $5" = "secretsmanager put-secret-value --secret-id --secret-string" ]
            cp "${6#file://}" "stored-${4#arn:}"
            """;

    @TempDir
    Path folder;

    private final ObjectNode application = JSON.createObjectNode();
    private HttpServer directory;

    @BeforeEach
    void start() throws IOException {
        application.putArray("identifierUris");
        application.putArray("appRoles");
        application.putObject("api").putNull("requestedAccessTokenVersion").putArray("oauth2PermissionScopes");
        directory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        directory.createContext("/", this::answer);
        directory.start();
        command(
                "az",
                AZ.formatted(APP, "http://localhost:" + directory.getAddress().getPort() + "/"));
        command("terraform", TERRAFORM);
        command("aws", AWS);
    }

    private void command(String name, String script) throws IOException {
        Path command = Files.writeString(folder.resolve(name), script);
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void stop() {
        directory.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String uri = exchange.getRequestHeaders().getFirst("x-uri");
            String known = "https://graph.microsoft.com/v1.0/applications(appId='" + APP + "')";
            String wrong = "";
            if (exchange.getRequestMethod().equals("PATCH") && uri.equals(known)) {
                wrong = patch(JSON.readTree(exchange.getRequestBody()));
            } else if (!exchange.getRequestMethod().equals("GET") || !uri.equals(known + "?$select=api,appRoles")) {
                wrong = "there is no " + exchange.getRequestMethod() + " " + uri;
            }
            byte[] body = wrong.isEmpty() ? JSON.writeValueAsBytes(application) : wrong.getBytes();
            exchange.sendResponseHeaders(wrong.isEmpty() ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** @return what Graph would find wrong with it */
    private String patch(JsonNode change) {
        Set<String> others = names(change);
        others.removeAll(OF_APPLICATIONS);
        if (!others.isEmpty()) {
            return "an application has no " + others;
        }
        JsonNode scopes = change.path("api").path("oauth2PermissionScopes");
        for (JsonNode permission : List.of(change.path("appRoles"), scopes)) {
            String wrong = permissions(permission, permission == scopes ? OF_SCOPES : OF_ROLES);
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        if (isLost(application.path("appRoles"), change.path("appRoles"))
                || isLost(application.at("/api/oauth2PermissionScopes"), scopes)) {
            return "CannotDeleteOrUpdateEnabledEntitlement";
        }
        application.setAll((ObjectNode) change);
        return "";
    }

    private static String permissions(JsonNode all, Set<String> members) {
        Set<String> ids = new TreeSet<>();
        for (JsonNode one : all) {
            if (!names(one).equals(new TreeSet<>(members))) {
                return "a permission has " + members + ", not " + names(one);
            }
            String id = one.path("id").asText();
            if (!Guid.isBare(id) || !ids.add(id) || one.path("value").asText().contains(" ")) {
                return "wrong id or value: " + one;
            }
        }
        return "";
    }

    /** Graph lets nobody take an enabled permission away, as a new id in its place would. */
    private static boolean isLost(JsonNode before, JsonNode now) {
        return !texts(now, "id").containsAll(texts(before, "id"));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode list, String name) {
        Set<String> texts = new TreeSet<>();
        StreamSupport.stream(list.spliterator(), false)
                .forEach(one -> texts.add(one.path(name).asText()));
        return texts;
    }

    /** The guide's block that begins so. */
    private static String commands(String start) throws IOException {
        String guide = Files.readString(Path.of("docs/deploy.md"));
        int from = guide.indexOf("```bash\n" + start);
        assertThat(from).as(start).isPositive();
        return guide.substring(from + "```bash\n".length(), guide.indexOf("```", from + 3));
    }

    private void run() throws IOException, InterruptedException {
        run(commands("API="));
    }

    private void run(String commands) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands);
        bash.directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = new HashMap<>(bash.environment());
        bash.environment().put("PATH", folder + ":" + environment.get("PATH"));
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static Set<String> askedFor() throws IOException {
        Pattern role = Pattern.compile("\"((Presence|Configuration)\\.[A-Z][a-z]+)\"");
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                role.matcher(Files.readString(source)).results().forEach(found -> asked.add(found.group(1)));
            }
        }
        return asked;
    }

    @Test
    void theCommandsMakeTheRolesThatTheFunctionsAskForAndCanBeRepeated() throws IOException, InterruptedException {
        run();
        JsonNode first = application.deepCopy();
        run();

        Set<String> asked = askedFor();
        ArrayNode roles = (ArrayNode) application.path("appRoles");
        assertThat(texts(roles, "value")).isEqualTo(asked).contains("Configuration.Manage");
        assertThat(roles)
                .allSatisfy(role ->
                        assertThat(role.path("allowedMemberTypes").toString()).isEqualTo("[\"User\",\"Application\"]"));
        assertThat(texts(application.at("/api/oauth2PermissionScopes"), "value"))
                .containsExactly("access_as_user");
        assertThat(application.at("/api/requestedAccessTokenVersion").asInt()).isEqualTo(2);
        assertThat(application.path("identifierUris").toString()).isEqualTo("[\"api://" + APP + "\"]");
        assertThat(application.path("groupMembershipClaims").asText()).isEqualTo("ApplicationGroup");
        assertThat(application).isEqualTo(first);
    }

    /** And those by which people can sign in with a browser. */
    @Test
    void theCommandsLetPeopleSignInWithABrowserAndLeaveNoSecretBehind() throws IOException, InterruptedException {
        run("API=" + APP + "\n" + commands("az ad app update"));

        assertThat(application.at("/web/redirectUris").toString())
                .isEqualTo("[\"https://presence.contoso.com/sign-in/callback\"]");
        assertThat(application.path("granted").asText()).isEqualTo(String.join(" ", BrowserSignIn.SCOPES));
        assertThat(Files.readString(folder.resolve("stored-pages")).strip()).isEqualTo("made-by-entra");
        assertThat(Base64.getDecoder()
                        .decode(Files.readString(folder.resolve("stored-keys")).strip()))
                .hasSize(32);
        assertThat(folder.resolve("sign-in")).doesNotExist();
        assertThat(folder.resolve("session-keys")).doesNotExist();
    }
}
