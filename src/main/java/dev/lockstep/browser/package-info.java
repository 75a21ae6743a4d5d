/**
 * People in a browser: signing in with Entra, the session, signing out.
 *
 * <p>Begin at {@link BrowserSignIn}. Entra's tokens stay on this side; the browser holds a sealed cookie, and every act has to
 * come from a page of ours.
 */
package dev.lockstep.browser;
