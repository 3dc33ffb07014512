import { bad, good, type Branded, type Parsed } from '../parsed.js';

/** Lower case: no mail system in real use tells capital letters apart, and a match must not either. */
export type Email = Branded<'Email'>;

const CODE = 'invalid_email';
// Source: HTML Living Standard, "valid e-mail address", with a dot in the domain and no dots doubled or at an end
// (RFC 5321 section 4.1.2, dot-string). Quoted local parts are not taken.
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export const Email = {
  parse(text: unknown): Parsed<Email> {
    if (typeof text !== 'string') return bad(CODE, 'Email address must be text');
    const value = text.trim().toLowerCase();
    const at = value.lastIndexOf('@');
    // RFC 5321 section 4.5.3.1: local part 64 octets, the whole path 254.
    if (value.length > 254 || at < 1 || at > 64) return bad(CODE, 'Email address must look like name@example.org');
    const labels = value.slice(at + 1).split('.');
    const top = labels.at(-1) ?? '';
    if (!LOCAL.test(value.slice(0, at)) || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
      return bad(CODE, 'Email address must look like name@example.org');
    }
    if (/^\d+$/.test(top) || top.length < 2) return bad(CODE, 'Email address must end in a domain like example.org');
    return good(value as Email);
  },
};
