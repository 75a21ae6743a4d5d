package dev.lockstep.simulation;

import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.dynamics.DynamicsSettings;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.Choices;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Facts;
import dev.lockstep.presence.KnownCall;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.SignIn;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.shift.ShiftSettings;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.ForwardingAgentStore;
import dev.lockstep.sync.SyncSettings;
import dev.lockstep.sync.queue.RetryMessage;
import dev.lockstep.teams.TeamsSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The product, and ways to break it: a simulation that does not notice one of them proves nothing. */
enum Variant {
    /** As it is. */
    PRODUCT,

    /** Forgets what it wrote: its own echoes look like somebody's doing. */
    NO_LEDGER {
        @Override
        AgentState storing(AgentState next) {
            return eachStanding(
                    next, standing -> standing.with(new Ledger(standing.ledger().held(), List.of())));
        }
    },

    /** Everybody writes at once. */
    NO_LEASE {
        @Override
        AgentState storing(AgentState next) {
            return next.lease().isPresent() ? next.released(next.dueAt()) : next;
        }
    },

    /** Saves over what somebody else has saved meanwhile. */
    LAST_WRITE_WINS {
        @Override
        AgentStore over(AgentStore store) {
            return new StoreAround(store, next -> {
                long version =
                        store.load(next.agentId()).map(AgentState::version).orElse(0L);
                return next.withInbox(next.inbox(), version);
            });
        }
    },

    /** Forgets ended calls at once: what arrives late brings them back. */
    NO_TOMBSTONES {
        @Override
        AgentState storing(AgentState next) {
            Calls now = next.situation().calls();
            SortedMap<String, KnownCall> up = new TreeMap<>(now.known());
            up.values().removeIf(call -> call.state() == CallState.ENDED);
            return next.with(next.situation().with(new Calls(up, now.lines())));
        }
    },

    /** Takes every end for the last word: a call that is taken up again, or another one under its number, is not seen. */
    AN_END_IS_FOR_GOOD {
        @Override
        AgentStore over(AgentStore store) {
            return new StoreAround(store, next -> {
                SortedMap<String, KnownCall> before = store.load(next.agentId())
                        .map(state -> state.situation().calls().known())
                        .orElse(new TreeMap<>());
                Calls calls = next.situation().calls();
                SortedMap<String, KnownCall> kept = new TreeMap<>(calls.known());
                kept.replaceAll((key, call) ->
                        before.containsKey(key) && before.get(key).state() == CallState.ENDED ? before.get(key) : call);
                return next.with(next.situation().with(new Calls(kept, calls.lines())));
            });
        }
    },

    /** Holds that a call happened when its phone system says, even if that clock is hours off. */
    BELIEVES_EVERY_CLOCK {
        @Override
        AgentState storing(AgentState next) {
            return eachCall(
                    next,
                    call -> retold(
                            call,
                            call.state(),
                            SourceTime.at(
                                    call.moment().told().orElse(call.moment().at()))));
        }
    },

    /** Goes on with the account that it once read of somebody. */
    KEEPS_FORMER_ACCOUNTS {
        @Override
        AgentStore over(AgentStore store) {
            return new StoreAround(store, next -> {
                Profile now = next.profile();
                SortedMap<String, String> ids = new TreeMap<>(now.externalIds());
                store.load(next.agentId())
                        .flatMap(before -> before.profile().externalId("teams"))
                        .ifPresent(former -> ids.put("teams", former));
                return next.with(new Profile(now.name(), now.team(), ids, now.entraObjectId()));
            });
        }
    },

    /** Waits for the end of a call from a phone that is somebody else's by now. */
    KEEPS_WHAT_LEFT {
        @Override
        List<Evidence> whenLineLeaves(List<Evidence> news) {
            return List.of();
        }
    },

    /** Takes the time at which a function begins for the one at which its event came. */
    TAKES_HANDLING_FOR_RECEIPT {
        @Override
        Instant receipt(Instant arrivedAt, Instant handledAt) {
            return handledAt;
        }
    },

    /** Tells Teams to show the call that Teams itself is in. */
    TOLD_ITS_OWN_FACTS {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return platform.name().equals("teams") ? new FactsOfAnother(platform) : platform;
        }
    },

    /** After a call brings back what it wrote before, whatever has happened since. */
    RESTORES_FROM_MEMORY {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
                    Plan plan = super.plan(wish, standing, now);
                    boolean ended = standing.display().showing().equals(Optional.of(Status.ON_A_CALL))
                            && !wish.status().equals(standing.display().showing());
                    return plan.releases()
                                    && ended
                                    && standing.ledger().entries().size() > 1
                            ? remembered(plan, standing)
                            : plan;
                }

                private Plan remembered(Plan plan, Standing standing) {
                    LedgerEntry step = plan.steps().getFirst();
                    String before = standing.ledger().entries().get(1).value();
                    LedgerEntry restored =
                            new LedgerEntry(step.slot(), before, step.at(), step.until(), step.outcome());
                    return new Plan(
                            List.of(restored),
                            plan.condition(),
                            plan.message(),
                            plan.reviewAt(),
                            plan.releases(),
                            plan.overwrites(),
                            plan.instead());
                }
            };
        }
    },

    /** After a call brings back any presence of the status that was picked. */
    FORGETS_WHICH_PRESENCE {
        @Override
        AgentState storing(AgentState next) {
            Choices now = next.situation().choices();
            SortedMap<String, KnownChoice> known = new TreeMap<>(now.known());
            known.replaceAll((source, choice) ->
                    new KnownChoice(choice.source(), choice.moment(), choice.status(), choice.from(), choice.until()));
            return next.with(next.situation().with(new Choices(known, now.withdrawals())));
        }
    },

    /** Tells Dynamics nothing of what Dynamics itself told, though our write takes its sign away. */
    LIFTS_INACTIVE {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public boolean isToldItsOwn(KnownFact fact) {
                    return false;
                }
            };
        }
    },

    /** Gives back Busy after a call, whatever work somebody has. */
    BUSY_BEYOND_CAPACITY {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public Interpretation interpret(
                        Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
                    Map<String, String> columns = new HashMap<>(seen.shown());
                    columns.keySet().removeAll(List.of(StatusFields.UNITS_LEFT, StatusFields.BLOCKED));
                    Observation without = new Observation(seen.platform(), seen.askedAt(), columns);
                    return super.interpret(without, standing, situation, mapping, now);
                }
            };
        }
    },

    /** Lets work in without looking whether our own session covered a call in Teams. */
    RELEASES_UNSEEN {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public boolean coversItsOwnFacts() {
                    return false;
                }
            };
        }
    },

    /** Believes whoever says that somebody is Available who is signed out. */
    AVAILABLE_THOUGH_SIGNED_OUT {
        @Override
        AgentState storing(AgentState next) {
            Optional<KnownChoice> available = next.situation()
                    .choices()
                    .latest()
                    .filter(choice -> choice.status() == Status.AVAILABLE)
                    .filter(choice -> next.signedOut().isPresent());
            return available
                    .map(choice -> next.deciding(
                            new Decision(
                                    Optional.of(Status.AVAILABLE),
                                    Optional.empty(),
                                    available,
                                    List.of(),
                                    Optional.empty()),
                            choice.moment().at()))
                    .orElse(next);
        }
    },

    /** Tells people that a platform is in sync, and not that it shows something of its own. */
    KEEPS_OWN_FACTS_BACK {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
                    Plan plan = super.plan(wish, standing, now);
                    return new Plan(
                            plan.steps(),
                            plan.condition(),
                            plan.message(),
                            plan.reviewAt(),
                            plan.releases(),
                            plan.overwrites(),
                            Optional.empty());
                }
            };
        }
    },

    /** Takes whatever Dynamics shows for somebody's pick, though Dynamics computed it, or a sign-in brought it. */
    TAKES_ALL_FOR_PICKS {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return platform.name().equals("dynamics") ? new AllAreChoices(platform) : platform;
        }
    },

    /** Holds that a Do not disturb at the sign-in is computed from work, though there is none. */
    DEFAULTS_ARE_NOBODYS_CHOICE {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return platform.name().equals("dynamics") ? new DefaultsOverlooked(platform) : platform;
        }
    },

    /** Believes a read that lags behind its own write. */
    BELIEVES_OLD_READS {
        @Override
        DynamicsSettings dynamics() {
            return Defaults.of(DynamicsSettings.class, Map.of("lockstep.dynamics.grace", "0s"));
        }

        @Override
        TeamsSettings teams() {
            return Defaults.of(TeamsSettings.class, Map.of("lockstep.teams.grace", "0s"));
        }
    },

    /** Takes every Away that may be an idle machine for one, whatever stood there before. */
    TAKES_AWAY_FOR_IDLE {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return platform.name().equals("teams") ? new IdleAlways(platform) : platform;
        }
    },

    /** Takes what shows for its newest write, even where it held the same a moment ago. */
    CONFIRMED_BY_OLD_READS {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return platform.name().equals("teams") ? new ConfirmedAtOnce(platform) : platform;
        }
    },

    /** Whoever an agent belonged to before does not take back its session in Teams. */
    LEAVES_FORMER_SESSIONS {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return platform.name().equals("teams") ? new SessionsLeft(platform) : platform;
        }
    },

    /** Never looks what people are in Teams, except when it lets work in. */
    TEAMS_IS_NOT_READ {
        @Override
        boolean watchesTeams() {
            return false;
        }
    },

    /** Takes a call that is put on hold for one that is over. */
    HOLD_IS_THE_END {
        @Override
        AgentState storing(AgentState next) {
            return eachCall(
                    next,
                    call -> retold(
                            call, call.state() == CallState.HELD ? CallState.ENDED : call.state(), call.moment()));
        }
    },

    /** Forgets what a phone said of all its calls: what arrives after it brings ended ones back. */
    FORGETS_LISTS_OF_CALLS {
        @Override
        AgentState storing(AgentState next) {
            Calls now = next.situation().calls();
            return next.with(next.situation().with(new Calls(now.known(), new TreeMap<>())));
        }
    },

    /** Holds that what somebody once did is never over. */
    FACTS_NEVER_END {
        @Override
        AgentStore over(AgentStore store) {
            return new StoreAround(store, next -> {
                SortedMap<String, KnownFact> facts =
                        new TreeMap<>(next.situation().facts().known());
                store.load(next.agentId())
                        .map(before -> before.situation().facts().known())
                        .orElse(new TreeMap<>())
                        .forEach((key, fact) ->
                                facts.merge(key, fact, (now, then) -> now.ended() && !then.ended() ? then : now));
                return next.with(next.situation().with(new Facts(facts)));
            });
        }
    },

    /** Never notices that somebody has signed out. */
    LOSES_SIGN_OUTS {
        @Override
        AgentState storing(AgentState next) {
            SignIn now = next.situation().signIn();
            return next.with(next.situation().with(new SignIn(now.latest(), Optional.empty(), now.lastLogin())));
        }
    },

    /** Takes whatever has a lower number than what was seen before for an old version, for ever. */
    TRUSTS_VERSIONS_FOR_EVER {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public Interpretation interpret(
                        Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
                    boolean isLower = standing.observed()
                            .flatMap(known -> known.field("sequence"))
                            .flatMap(known -> seen.field("sequence").map(version -> version.compareTo(known) < 0))
                            .orElse(false);
                    return isLower
                            ? Interpretation.nothing(standing)
                            : super.interpret(seen, standing, situation, mapping, now);
                }
            };
        }
    },

    /** Its Offline counts as soon as the time begins in which Dynamics may restore what was there before. */
    EQUAL_TIMERS {
        @Override
        DynamicsSettings dynamics() {
            return Defaults.of(DynamicsSettings.class, Map.of("lockstep.dynamics.offline-hold", "1s"));
        }
    },

    /** A lease that ends before the write that it guards. */
    SHORT_LEASE {
        @Override
        SyncSettings sync() {
            return Defaults.of(SyncSettings.class, Map.of("lockstep.sync.lease", "1ms"));
        }
    },

    /** Answers the phone system before anything is stored. */
    ANSWERS_TOO_SOON {
        @Override
        int answer(int status) {
            return status / 100 == 5 ? 200 : status;
        }
    },

    /** Nothing stands between one agent and the others: an item that cannot be read ends the whole run. */
    ONE_ENDS_THE_RUN {
        @Override
        AgentStore over(AgentStore store) {
            return (AgentStore) Proxy.newProxyInstance(
                    AgentStore.class.getClassLoader(), new Class<?>[] {AgentStore.class}, (proxy, method, given) -> {
                        try {
                            return method.invoke(store, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() instanceof IllegalStateException ? new Crash() : e.getCause();
                        }
                    });
        }
    },

    /** Forgets how often a retry has gone round. */
    COUNTS_NO_HOPS {
        @Override
        RetryMessage received(RetryMessage message) {
            return new RetryMessage(message.agentId(), message.bulk(), message.correlationId(), 0, message.turn());
        }
    },

    /** Goes on with the mapping that it read when it was started. */
    READS_THE_MAPPING_ONCE {
        @Override
        Function<String, Mapping> over(Function<String, Mapping> mappingOfTeam) {
            Map<String, Mapping> read = new HashMap<>();
            return team -> read.computeIfAbsent(team, mappingOfTeam);
        }
    },

    /** Takes what was picked for what it was read as then, whatever its presence means by now. */
    WHAT_WAS_PICKED_IS_NOT_READ_AGAIN {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public Optional<InboundRule> reading(String presence, Mapping mapping) {
                    return Optional.empty();
                }
            };
        }
    },

    /** Takes whoever looks first after a change of the mapping for somebody who knows it. */
    A_CHANGE_IS_KNOWN_AT_ONCE {
        @Override
        AgentStore over(AgentStore store) {
            return new ForwardingAgentStore(store) {
                @Override
                public Optional<AgentState> load(String agentId) {
                    return super.load(agentId).map(agent -> agent.lookedAt(Instant.MAX));
                }
            };
        }
    },

    /** Nobody looks again at what went wrong. */
    NO_SWEEP {
        @Override
        boolean sweeps() {
            return false;
        }
    },

    /** Leaves out of each pass whose time has come, as if the index did not tell it. */
    PASSES_OVER_WHO_IS_DUE {
        @Override
        AgentStore over(AgentStore store) {
            return new ForwardingAgentStore(store) {
                @Override
                public Stream<Pulse> pulses(String shard) {
                    return super.pulses(shard)
                            .map(pulse -> new Pulse(
                                    pulse.agentId(),
                                    Optional.empty(),
                                    pulse.isComplete(),
                                    pulse.team(),
                                    pulse.externalIds(),
                                    pulse.rosters(),
                                    pulse.sights()));
                }
            };
        }
    },

    /** Passes over whoever shows the same, although by now it means something else. */
    A_LOOK_MEANS_THE_SAME_FOR_EVER {
        @Override
        ReadablePlatform over(ReadablePlatform platform) {
            return new PlatformAround(platform) {
                @Override
                public Stream<Instant> turns(Standing standing, Situation situation) {
                    return Stream.empty();
                }
            };
        }

        @Override
        boolean isCheckedForWhoIsPassedOver() {
            return true;
        }
    },

    /** Takes each hole between two bookings for the end of a shift. */
    SPLITS_SHIFTS {
        @Override
        ShiftSettings shifts() {
            return shiftsWith("15m");
        }
    },

    /** Nobody sends home whose shift is over. */
    NO_SHIFT_END {
        @Override
        boolean endsShifts() {
            return false;
        }
    };

    AgentState storing(AgentState next) {
        return next;
    }

    AgentStore over(AgentStore store) {
        return this == PRODUCT ? store : new StoreAround(store, this::storing);
    }

    ReadablePlatform over(ReadablePlatform platform) {
        return platform;
    }

    Function<String, Mapping> over(Function<String, Mapping> mappingOfTeam) {
        return mappingOfTeam;
    }

    SyncSettings sync() {
        return Defaults.of(SyncSettings.class);
    }

    DynamicsSettings dynamics() {
        return Defaults.of(DynamicsSettings.class);
    }

    TeamsSettings teams() {
        return Defaults.of(TeamsSettings.class);
    }

    ShiftSettings shifts() {
        return shiftsWith("4h");
    }

    private static ShiftSettings shiftsWith(String gap) {
        return Defaults.of(ShiftSettings.class, Map.of("lockstep.shift.most-at-once", "2", "lockstep.shift.gap", gap));
    }

    /** @return what is read of a message of the queue */
    RetryMessage received(RetryMessage message) {
        return message;
    }

    /** @return what the sender is told instead of that status */
    int answer(int status) {
        return status;
    }

    /** @return what is told of somebody whose line is not theirs any more */
    List<Evidence> whenLineLeaves(List<Evidence> news) {
        return news;
    }

    /** @return what is taken for the time of receipt */
    Instant receipt(Instant arrivedAt, Instant handledAt) {
        return arrivedAt;
    }

    boolean sweeps() {
        return true;
    }

    boolean watchesTeams() {
        return true;
    }

    boolean endsShifts() {
        return true;
    }

    /** Whether it stores what it was given, so that a pulse must fit its item. */
    boolean isCheckedForWhoIsPassedOver() {
        return this == PRODUCT;
    }

    private static KnownCall retold(KnownCall call, CallState state, SourceTime moment) {
        return new KnownCall(
                call.source(),
                call.line(),
                call.callId(),
                state,
                moment,
                call.upSince(),
                call.weakId(),
                call.up(),
                call.ended());
    }

    private static AgentState eachCall(AgentState state, UnaryOperator<KnownCall> change) {
        Calls calls = state.situation().calls();
        SortedMap<String, KnownCall> changed = new TreeMap<>(calls.known());
        changed.replaceAll((key, call) -> change.apply(call));
        return state.with(state.situation().with(new Calls(changed, calls.lines())));
    }

    private static AgentState eachStanding(AgentState state, UnaryOperator<Standing> change) {
        AgentState next = state;
        for (Map.Entry<String, Standing> standing : state.standings().entrySet()) {
            next = next.with(standing.getKey(), change.apply(standing.getValue()));
        }
        return next;
    }
}
