/** The routes of the simulated Graph, with its limits and errors. */
package dev.lockstep.local.teams.graph;
