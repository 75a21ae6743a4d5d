package dev.lockstep.dynamics;

import dev.lockstep.platform.LedgerEntry;
import java.util.Optional;

/**
 * What stands in Dynamics' one slot, as far as a row and what we wrote can tell. Reading and planning both ask this.
 * Performing asks nothing: nothing is ever taken back there, and what we write replaces whatever stands.
 *
 * <p>A row tells when it was changed and by which kind of hand, but our writes look like a person's: only our ledger
 * tells them apart. Messages come late, doubled and out of order, and a write of ours may cross somebody else's.
 *
 * <pre>
 *  the row shows               | ours is awaited | ours was seen, or none                  | ours is replaced
 * -----------------------------+-----------------+-----------------------------------------+------------------
 *  no presence                 | Unconfirmed     | Nothing                                 | does not occur
 *  what we hold                | Ours            | Ours; Theirs if somebody set it again   | does not occur
 *    told late, or tied        | does not occur  | does not occur                          | Echo, lost
 *  an earlier of ours, unseen  | Overtaken       | Echo                                    | Echo, lost
 *    or told again late        |                 |                                         |
 *  one seen before, read again | Overtaken       | Theirs                                  | Theirs, lost
 *  anything else               | Lagging         | Theirs                                  | Theirs, lost
 *
 *  Nothing --write--&gt; Unconfirmed --a row--+--&gt; Ours &lt;--it shows at last--+
 *                                          |      |                       |
 *  Ours, Echo, Theirs --write--------------+-----------&gt; Lagging, Overtaken
 *            ^                                    |           |
 *            +-------- lost: changed since -------+           |
 *            +-------- lost: changed since, and the grace is over
 * </pre>
 *
 * What a row says of the person, and what becomes of what we hold. A row older than one already known does not confirm
 * it: it tells that what is known has taken its place.
 *
 * <pre>
 *  state                  | read as                                                          | what we hold
 * ------------------------+------------------------------------------------------------------+-------------
 *  Nothing                | nothing                                                          | stays
 *  Unconfirmed            | nothing                                                          | stays
 *  Ours                   | a rejection as one; an Offline of ours signs nobody out          | is seen, if no other
 *                         |                                                                  |   write just before
 *                         |                                                                  |   it is unseen
 *  Overtaken              | as Ours                                                          | stays
 *  Lagging                | as Theirs, by the time of its change                             | stays
 *  Echo                   | as Ours                                                          | stays
 *  Echo, lost             | as Ours                                                          | is lost
 *  Theirs, lost           | as below                                                         | is lost
 *  Theirs                 | as below                                                         | stays
 *    a fact, a rejection  | unanswered work, unless others set something since               |
 *    picked by hand       | the choice, Offline after the hold; no unanswered work           |
 *    default at sign-in   | Away, Offline, DND beside no work as picked, the rest as computed |
 *    soon back            | what was picked before the sign-out as picked again              |
 *    computed, only ours  | a choice of Available or Busy is over; no unanswered work        |
 *    Offline, computed    | signed out after the hold                                        |
 * </pre>
 *
 * What is planned. The presence that carries what is wished is compared with what we hold and what shows; a write that
 * has no answer is made again in every state.
 *
 * <pre>
 *  state           | what we hold is wished            | another is wished
 * -----------------+-----------------------------------+-------------------------------------------------------------
 *  Nothing         | written                           | written
 *  Unconfirmed     | pending, and written again after  | written
 *                  |   longer and longer waits         |
 *  Ours            | in sync                           | written
 *  Lagging,        | as Unconfirmed; once more at once | written, even if it shows
 *    Overtaken     |   if it crosses one that lets in  |
 *                  |   work that facts keep away       |
 *  Echo, Theirs    | as another                        | in sync if it shows
 *    only ours     |                                   | written
 *    laxer,        |                                   | written over if facts keep work away, or if chosen elsewhere
 *      by a person |                                   |   since; else held by the person
 *    laxer,        |                                   | written over: Dynamics knows nothing of what is wished
 *      computed    |                                   |
 *    stricter,     |                                   | written over if chosen elsewhere since, else held by the
 *      by a person |                                   |   person
 *    stricter,     |                                   | in sync: Dynamics' own work is not lifted
 *      computed    |                                   |
 *    Offline,      |                                   | applied when the agent is back, written over if facts ask
 *      computed    |                                   |
 * </pre>
 */
sealed interface DynamicsSlot {
    /** A write of ours shows: it says nothing of the person. */
    sealed interface Own extends DynamicsSlot {}

    /** Our newest write is not seen yet: the row shows something else, which proves nothing. */
    sealed interface Late extends DynamicsSlot {
        LedgerEntry entry();

        StatusView shown();
    }

    /** Something else than what we hold shows, and nothing of ours is awaited. */
    sealed interface Other extends DynamicsSlot {
        StatusView shown();

        /** What we held until this row: it has been replaced. */
        Optional<LedgerEntry> lost();
    }

    /** No row tells of a presence, and nothing of ours is awaited. */
    record Nothing() implements DynamicsSlot {}

    /** We wrote, and no row tells of a presence. */
    record Unconfirmed(LedgerEntry entry) implements DynamicsSlot {}

    /** What we hold shows. */
    record Ours(LedgerEntry entry) implements Own {}

    /** What stood there before our newest write, or what somebody set meanwhile. */
    record Lagging(LedgerEntry entry, StatusView shown) implements Late {}

    /** An earlier write of ours shows whose message, or whose read, our newest write has overtaken. */
    record Overtaken(LedgerEntry entry, StatusView shown) implements Own, Late {}

    /** An earlier write of ours shows that was not seen until now. */
    record Echo(StatusView shown, Optional<LedgerEntry> lost) implements Own, Other {}

    /** The person, a supervisor or Dynamics set what shows; even the same again that we had set. */
    record Theirs(StatusView shown, Optional<LedgerEntry> lost) implements Other {}
}
