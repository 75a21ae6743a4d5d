package dev.lockstep.local.dynamics.webhook;

import dev.lockstep.local.dynamics.model.AgentStatus;
import dev.lockstep.local.dynamics.model.ChangeListener;
import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Office;
import dev.lockstep.local.dynamics.model.PipelineFailed;
import dev.lockstep.local.dynamics.model.RowChange;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Calls webhooks on changes of rows. Asynchronous steps: each delivery on its own, in no order, one retry and only
 * after 502, 503 or 504; then the event is lost and a failed system job remains. Synchronous steps: within the
 * operation, which fails with them.
 */
public final class WebhookEngine implements ChangeListener {
    private static final int KEPT_JOBS = 2_000;
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(502, 503, 504);

    private final Office office;
    private final Courier courier;
    private final WebhookTransport transport;
    private final RandomGenerator random;
    private final WebhookTiming timing;
    private final Registrations registrations = new Registrations();
    private final ExecutionContext.Organisation organisation;
    private final Map<UUID, SystemJob> jobs = Collections.synchronizedMap(new LinkedHashMap<>());
    private final AtomicLong number = new AtomicLong();
    private volatile int padding;

    /** Listens to the organisation from now on. */
    public WebhookEngine(
            DynamicsModel model,
            Courier courier,
            WebhookTransport transport,
            RandomGenerator random,
            WebhookTiming timing) {
        this.office = model.office();
        this.courier = courier;
        this.transport = transport;
        this.random = random;
        this.timing = timing;
        UUID id = UUID.nameUUIDFromBytes("organisation".getBytes(StandardCharsets.UTF_8));
        this.organisation = new ExecutionContext.Organisation(id, "unqcontoso", "contoso.crm.dynamics.com");
        model.listen(this);
    }

    /**
     * Registers what the product needs, as an administrator would: asynchronous steps on Update and Create of agent
     * statuses, with a {@code post} image and the secret in a header.
     */
    public void registerWebhook(URI url, String header, String key) {
        String settings = "<settings><setting name=\"" + header + "\" value=\"" + key + "\"/></settings>";
        UUID endpoint = registrations.addEndpoint("availability-sync", url, 5, settings);
        Set<String> filter =
                Set.of("msdyn_currentpresenceid", "msdyn_isagentloggedin", "msdyn_assignedconversationcount");
        UUID update = registrations.addStep(endpoint, "Update", AgentStatus.TABLE, filter, 1, true);
        UUID create = registrations.addStep(endpoint, "Create", AgentStatus.TABLE, Set.of(), 1, true);
        registrations.addImage(update, "post", 1, IMAGE);
        registrations.addImage(create, "post", 1, IMAGE);
    }

    private static final Set<String> IMAGE = Set.of(
            "msdyn_agentid",
            "msdyn_currentpresenceid",
            "msdyn_isagentloggedin",
            "msdyn_presencemodifiedon",
            "msdyn_presencemodifiedonwithmilliseconds",
            "msdyn_presencemodifiedby",
            "msdyn_presencemodifiedbyuserid",
            "msdyn_eventname",
            "msdyn_subeventname",
            "msdyn_assignedconversationcount");

    /** Makes every body bigger by this many bytes, to come over the limit of 256 KB. */
    public void padBodies(int bytes) {
        padding = bytes;
    }

    public List<SystemJob> jobs() {
        synchronized (jobs) {
            return List.copyOf(jobs.values());
        }
    }

    public Registrations registrations() {
        return registrations;
    }

    public ExecutionContext.Organisation organisation() {
        return organisation;
    }

    @Override
    public void changing(RowChange change) {
        for (Registrations.Step step : registrations.hearing(change, 0)) {
            Delivery delivery = delivery(change, step);
            Outcome outcome = attempt(delivery);
            if (outcome.worthAnotherTry()) {
                outcome = attempt(delivery);
            }
            if (!outcome.isSuccess()) {
                throw new PipelineFailed("The webhook call failed: " + outcome.said());
            }
        }
    }

    @Override
    public void changed(RowChange change) {
        for (Registrations.Step step : registrations.hearing(change, 1)) {
            Delivery delivery = delivery(change, step);
            SystemJob.State waiting = SystemJob.State.WAITING_FOR_RESOURCES;
            keep(new SystemJob(
                    delivery.id(), step.name(), step.id(), waiting, 0, null, office.now(), Optional.empty()));
            courier.send(delivery.url().getPath(), latency(), () -> deliver(delivery, 1));
        }
    }

    private record Delivery(UUID id, Registrations.Step step, URI url, Map<String, String> headers, byte[] body) {}

    /** @param status empty when there was no answer */
    private record Outcome(OptionalInt status, String said) {
        boolean isSuccess() {
            return status.isPresent() && status.getAsInt() / 100 == 2;
        }

        boolean worthAnotherTry() {
            return status.isPresent() && WORTH_ANOTHER_TRY.contains(status.getAsInt());
        }
    }

    private void deliver(Delivery delivery, int attempt) {
        note(delivery.id(), SystemJob.State.IN_PROGRESS, attempt, null);
        Outcome outcome = attempt(delivery);
        if (outcome.isSuccess()) {
            succeed(delivery, attempt);
        } else if (attempt == 1 && outcome.worthAnotherTry()) {
            office.later().after(timing.retryAfter(), () -> deliver(delivery, 2));
        } else {
            note(delivery.id(), SystemJob.State.FAILED, attempt, outcome.said());
        }
    }

    private void succeed(Delivery delivery, int attempt) {
        if (delivery.step().forgetsSuccess()) {
            jobs.remove(delivery.id());
        } else {
            note(delivery.id(), SystemJob.State.SUCCEEDED, attempt, null);
        }
    }

    private Outcome attempt(Delivery delivery) {
        try {
            int status = transport.post(delivery.url(), delivery.headers(), delivery.body());
            return new Outcome(OptionalInt.of(status), "The remote server returned " + status + ".");
        } catch (IOException e) {
            return new Outcome(OptionalInt.empty(), "No answer: " + e.getClass().getSimpleName());
        }
    }

    private Delivery delivery(RowChange change, Registrations.Step step) {
        UUID id = UUID.nameUUIDFromBytes(("operation " + number.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
        Registrations.Endpoint endpoint = registrations.endpointOf(step).orElseThrow();
        List<Registrations.Image> images = registrations.imagesOf(step.id());
        ExecutionContext.Body body = new ExecutionContext(organisation, padding).body(change, step, images, id);
        return new Delivery(id, step, url(endpoint), headers(endpoint, change, id, body.cut()), body.bytes());
    }

    private Map<String, String> headers(
            Registrations.Endpoint endpoint, RowChange change, UUID operation, boolean cut) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ms-dynamics-organization", organisation.domain());
        headers.put("x-ms-dynamics-entity-name", change.logicalName());
        headers.put("x-ms-dynamics-request-name", change.message());
        headers.put("x-ms-correlation-request-id", operation.toString());
        if (cut) {
            headers.put("x-ms-dynamics-msg-size-exceeded", "true");
        }
        if (endpoint.authType() == 5) {
            headers.putAll(endpoint.settings());
        }
        return headers;
    }

    private static URI url(Registrations.Endpoint endpoint) {
        List<String> added = new ArrayList<>();
        if (endpoint.authType() == 4) {
            added.add("code=" + URLEncoder.encode(endpoint.authValue(), StandardCharsets.UTF_8));
        } else if (endpoint.authType() == 6) {
            endpoint.settings()
                    .forEach((name, value) -> added.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        String joint = endpoint.url().getQuery() == null ? "?" : "&";
        return added.isEmpty() ? endpoint.url() : URI.create(endpoint.url() + joint + String.join("&", added));
    }

    private synchronized Duration latency() {
        long spread = timing.most().minus(timing.least()).toMillis();
        return timing.least().plusMillis(spread <= 0 ? 0 : random.nextLong(spread + 1));
    }

    private void note(UUID job, SystemJob.State state, int attempt, String said) {
        boolean done = state == SystemJob.State.SUCCEEDED || state == SystemJob.State.FAILED;
        jobs.computeIfPresent(
                job,
                (id, before) -> before.now(state, attempt, said, done ? Optional.of(office.now()) : Optional.empty()));
    }

    private void keep(SystemJob job) {
        synchronized (jobs) {
            jobs.put(job.id(), job);
            if (jobs.size() > KEPT_JOBS) {
                jobs.remove(jobs.keySet().iterator().next());
            }
        }
    }
}
