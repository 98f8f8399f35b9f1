//! What logging in gave to this browser, kept as long as its tab: so that a page that is loaded again goes on
//! without a new code. Storage that is blocked keeps nothing, and nothing depends on it.

/**
 * Where the token of a session is kept: under the end of the session's own token, which tells it from other
 * sessions. Some forty bits of more than two hundred: what is left nobody can guess.
 */
const place = (session) => `vestibule.${session.slice(-8)}`;

/** What is kept for the session with this token, if anything is. */
export function recallLogin(session) {
  try {
    return sessionStorage[place(session)];
  } catch {}
}

/** Keeps a token; without one, forgets what is kept. */
export function keepLogin(session, token) {
  try {
    if (token) sessionStorage[place(session)] = token;
    else delete sessionStorage[place(session)];
  } catch {}
}
