import { randomBytes } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Clocks of agencies run behind: a certificate made now must work there now. */
const BACKDATED_MS = 5 * 60 * 1000;

/** From five minutes before `now` (default: now) for `days` days. */
export function validity(now: Date = new Date(), days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter: new Date(now.getTime() + days * DAY_MS) };
}

/** 127 random bits, positive and never zero-led (RFC 5280 section 4.1.2.2), as hex. */
export function newSerial(): string {
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  return serial.toString('hex');
}
