/**
 * Who is who on all platforms: builds the dictionary of agents and finds an agent by any of their names.
 *
 * <p>Begin at {@link DirectoryBuilder} and {@link AgentLookup}; a {@link PeopleSource} knows people. The only room that knows how one person is called on
 * several platforms.
 */
package dev.lockstep.directory;
