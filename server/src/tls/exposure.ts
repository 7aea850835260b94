/**
 * What others can read of a connection without TLS: one answer for all protocols. It takes a secret that goes over it, and a host that may be
 * another machine.
 */
import type { Connected } from "./facts.ts";

/** This machine, until somebody gives another address as a whole, which says itself whether there is TLS; a host by itself does not. */
export const isHere = ({ assumed, hostAlone }: Connected): boolean => assumed === true && hostAlone !== true;

/** A password or a token is sent. In an address that is given as a whole is one, of a client that demands TLS by nothing else. */
export const sendsSecret = ({ credentials, given, demandedBy }: Connected): boolean =>
  credentials ?? (given === true && demandedBy !== undefined);

/** Somebody on the way reads it: nobody is on the way to this machine, and none but its owners in a network of one's own. */
export const exposesSecret = (it: Connected): boolean =>
  sendsSecret(it) && (it.reach === "public" || it.reach === "unknown") && !isHere(it);
