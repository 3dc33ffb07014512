import type { Verdict } from '../decision.js';
import type { Facts } from '../facts/facts.js';
import type { Subject } from '../facts/people.js';
import type { EchoId, Item } from '../request.js';

/** A row of the policy's table: its verdict on an item about a subject, or undefined when the row does not match. */
export type Row = (item: Item<EchoId>, subject: Subject, facts: Facts) => Verdict | undefined;
