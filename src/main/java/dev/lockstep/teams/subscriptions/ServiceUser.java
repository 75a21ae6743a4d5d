package dev.lockstep.teams.subscriptions;

import java.util.List;

/**
 * A user of ours in Entra whose subscription watches a share of the agents.
 *
 * @param number as in the configured list, from 1
 * @param reference of the refresh token
 * @param watched Entra object ids of the agents, in lower case; 650 at most
 */
record ServiceUser(int number, String reference, List<String> watched) {
    ServiceUser {
        watched = List.copyOf(watched);
    }
}
