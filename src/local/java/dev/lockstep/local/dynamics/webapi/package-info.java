/** The routes of the simulated Dataverse, with rights, limits and a way to steer the simulated people. */
package dev.lockstep.local.dynamics.webapi;
