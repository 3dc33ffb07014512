import type { SafeContact } from '#contracts';
import type { Random } from '../random.js';
import type { Situation } from '../situations/situation.js';

/** How the victim may be reached. The number, where there is one, is the victim's own. */
export function safeContactFor(random: Random, { victim, perpetrator, relationship }: Situation): SafeContact {
  const number = victim.telephones[0];
  const safe = number !== undefined && random.chance(0.75);
  const named = `${perpetrator.forenames[0]} (${relationship})`;
  return {
    safe,
    ...(safe ? { number } : {}),
    times: random.pick(['weekdays 9:30 to 14:30', 'mornings only', 'Tuesday and Thursday after 10:00', 'school hours']),
    messageOk: safe && random.chance(0.4),
    notSafeToTalkTo: random.chance(0.25) ? [named, 'perpetrator’s family'] : [named],
  };
}
