/**
 * The administrator's pages, for who signed in with a browser.
 *
 * <p>Begin at {@link ConfigurationPages}. They ask {@link dev.lockstep.administration.Configuration} for everything, and
 * have no rule of their own. Whatever comes from people or documents is escaped before it reaches a page.
 */
package dev.lockstep.administration.page;
