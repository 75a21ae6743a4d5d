package dev.lockstep.teams;

import dev.lockstep.platform.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * What stands in Teams, as far as a look and what we wrote can tell. Reading, planning and taking back all ask this.
 *
 * <p>Teams tells neither when nor by whom something was set, and shows only the aggregate: of the person's clients, of
 * our session, and of the one preferred status that both we and the person can set. What equals a slot that we hold is
 * ours; what we wrote over a moment ago proves nothing; the rest is the person's or Teams' own.
 *
 * <pre>
 *  Nothing --write--&gt; Unconfirmed        every state that a look has told --write--&gt; Unreadable
 *                          |                                                        |
 *                          +------------------- a look after the write -------------+
 *                                                         |
 *         +---------------------+-------------------------+-----------------------+
 *         v                     v                         v                       v
 *  it shows what         our session shows     our preferred status shows    anything else shows
 *  stood before:         Ours                  Covered                       Theirs
 *  Lagging                                        |
 *         |                                       +--take back--&gt; Uncovering, while it shows and within the grace
 *         +--after the grace--&gt; Theirs
 * </pre>
 *
 * What it says of the person, and whether our preferred status may be cleared when it is to be taken back (clearing the
 * slot would clear what the person has chosen since):
 *
 * <pre>
 *  state           | read as                                                    | cleared
 * -----------------+------------------------------------------------------------+--------------------------
 *  Nothing         |                                                            | no
 *  Unconfirmed     |                                                            | yes: nothing else shows
 *  Unreadable      | nothing                                                    | asked again later
 *  Lagging         | nothing, and doubtful                                      | asked again later
 *  Ours            | no preferred status; no call either, if ours is Available  | does not occur
 *  Ours, lost      | Available was chosen, if ours was accepted; no call        | does not occur
 *                  |   either, if ours is Available                             |
 *  Covered         | no call                                                    | yes
 *  Uncovering      | nothing, and doubtful                                      | yes
 *  Theirs, lost    | as below; we hold the slot no longer, unless a fact shows  | no
 *    a fact        | the fact; one that people pick ends what they picked before | no
 *    a choice      | the choice; no call                                        | no
 *    Available     | no preferred status, or chosen if ours is lost; no call    | no
 *    faded         | no preferred status, or Available chosen if ours is lost;  | no
 *                  |   no call                                                  |
 *    Away          | chosen in the place of a preferred status, or if our       | no
 *                  |   session outranks an idle machine; else as faded          |
 *    anything else | no call                                                    | no
 * </pre>
 *
 * What is planned. If no status is wished, what we hold is taken back in every state, but a preferred status only while
 * some session shows it.
 *
 * <pre>
 *  state           | our session is wished        | a preferred status is wished | once all is written
 * -----------------+------------------------------+------------------------------+-----------------------------------
 *  Nothing         | session; preferred cleared   | preferred and mild session;  | pending, then unconfirmed
 *  Unconfirmed     | as Nothing                   |   under a call as strict in  | pending, then unconfirmed
 *  Unreadable      | as Nothing, and renewed if   |   Teams the session alone    | pending, then unconfirmed
 *                  |   ours had ceased to show    |                              |
 *  Ours, Covered,  | as Nothing                   | as Nothing                   | in sync if what shows is enough,
 *    Uncovering    |                              |                              |   else pending, then unconfirmed
 *  Lagging, Theirs | as Nothing, and renewed if   | as Nothing, and renewed if   | in sync if what shows is enough,
 *                  |   it fades or shows less     |   it fades or shows less     |   else pending, then outranked or
 *                  |                              |                              |   unconfirmed
 *    a choice:     |                              |                              |
 *     the same     | session beside               | mild session, if we hold one;| in sync
 *                  |                              |   once again under an Away   |
 *     newest       | session beside               | mild session, if we hold one | held by the person
 *     one made     | Available: both slots, over  | both slots, over theirs      | as Nothing
 *     elsewhere    |   theirs; else as newest     |                              |
 * </pre>
 *
 * What the person is told to have chosen in Teams counts as such a choice too, in every state in which nothing of ours
 * may stand in the preferred slot.
 */
sealed interface TeamsSlots {
    /** Nothing tells what stands there now. */
    sealed interface Blind extends TeamsSlots {}

    /** Nobody has looked. */
    sealed interface Unseen extends Blind {}

    /** A look that tells what stands there now. */
    sealed interface Telling extends TeamsSlots {
        TeamsPresence shown();
    }

    /** Something that we hold shows. */
    sealed interface Own extends Telling {
        /** Those of our writes that say what shows; several if some have no answer, or both slots hold the same. */
        List<LedgerEntry> entries();
    }

    /** Nothing that we hold shows. */
    sealed interface Foreign extends Telling {}

    /** Nobody has looked, and nothing of ours is there. */
    record Nothing() implements Unseen {}

    /** We wrote, and no look has come since. */
    record Unconfirmed() implements Unseen {}

    /**
     * The presence is unknown, or the look is older than our last write or than another look, or nobody could tell by it
     * whose the preferred status is.
     *
     * @param foreign what an older look showed, if that is not ours either: our older writes had ceased to show by then
     */
    record Unreadable(Optional<TeamsPresence> foreign) implements Blind {}

    /** What stood there before our newest write shows still: reads have not caught up. */
    record Lagging(TeamsPresence shown) implements Foreign {}

    /**
     * Our session shows, so the preferred slot, which would outrank it, is empty.
     *
     * @param lost our preferred status that should show, and that the person has taken away
     */
    record Ours(TeamsPresence shown, List<LedgerEntry> entries, Optional<LedgerEntry> lost) implements Own {}

    /** Our preferred status shows. Nobody can see what lies under it, such as a call. */
    record Covered(TeamsPresence shown, List<LedgerEntry> entries) implements Own {}

    /** Our own preferred status may show still, and hide a call, while we take it back or just did. */
    record Uncovering(TeamsPresence shown, List<LedgerEntry> entries) implements Own {}

    /**
     * What shows is the person's or Teams' own.
     *
     * @param lost our preferred status that should outrank everything, and that something else has replaced
     */
    record Theirs(TeamsPresence shown, Optional<LedgerEntry> lost) implements Foreign {}
}
