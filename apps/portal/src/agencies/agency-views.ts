import { agencyById, AGENCIES, HubError, type Agency } from '#contracts';
import { warningDue } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../allowing/roles.js';
import { FeedAgreementsRepository } from '../agreements/feeds/feed-agreements.repository.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { AgencyKeysRepository, type AgencyKey } from './agency-keys.repository.js';
import { ProposalsRepository } from './registering/proposals.repository.js';

export interface ShownKey extends AgencyKey {
  /** 60, 30 or 7 where its end is that near */
  warn: number | null;
}

/** What the pages about agencies show. */
@Injectable()
export class AgencyViews {
  constructor(
    @Inject(AgencyKeysRepository) private readonly keys: AgencyKeysRepository,
    @Inject(ProposalsRepository) private readonly proposals: ProposalsRepository,
    @Inject(FeedAgreementsRepository) private readonly agreements: FeedAgreementsRepository,
  ) {}

  /** Every agency, those that need somebody first. */
  async all(now = new Date()) {
    const [keys, open, agreements] = await Promise.all([
      this.keys.list(null, now),
      this.proposals.open(),
      this.agreements.list(null, now),
    ]);
    const rows = AGENCIES.map(({ id, name }) => {
      const own = keys.filter((key) => key.agency === id).map((key) => shown(key, now));
      const inUse = own.filter(({ state }) => state === 'active' || state === 'overlapping');
      const waiting = open.filter(({ agency }) => agency === id).length;
      const warn = inUse.reduce<number | null>((least, key) => smaller(least, key.warn), null);
      const feeds = agreements.filter((one) => one.agency === id && one.state === 'in-force').map(({ feed }) => feed);
      return { id, name, inUse: inUse.length, waiting, warn, ends: earliestEnd(inUse), feeds };
    });
    const urgency = (row: (typeof rows)[number]) => (row.waiting ? 0 : row.inUse === 0 ? 1 : (row.warn ?? 100));
    return rows.sort((a, b) => urgency(a) - urgency(b) || a.name.localeCompare(b.name, 'en-GB'));
  }

  /** @throws HubError `not_found`, also for an agency's officer who asks for another agency */
  async one(id: string, user: SessionUser, now = new Date()) {
    const agency = agencyOf(id, user);
    const [keys, open, agreements] = await Promise.all([
      this.keys.list(agency.id, now),
      this.proposals.open(agency.id),
      this.agreements.list(agency.id, now),
    ]);
    return {
      agency,
      keys: keys.map((key) => shown(key, now)),
      proposals: open.map((one) => ({ ...one, own: one.proposedBy === user.id })),
      agreements,
    };
  }

  /** How many keys end within 60 days, of one agency or all. */
  async endingSoon(agency: string | null): Promise<number> {
    return (await this.keys.list(agency)).filter((key) => warningDue(key) !== null).length;
  }

  /** How many keys wait for this user to enter their fingerprint. */
  async waitingFor(user: SessionUser): Promise<number> {
    return (await this.proposals.open()).filter(({ proposedBy }) => proposedBy !== user.id).length;
  }
}

/** Who works at the hub for all agencies; an agency's officer sees his own. */
export const HUB_ROLES: readonly Role[] = ['administrator', 'data-protection', 'auditor'];

/** The agency of an address, where the user may see it. @throws HubError `not_found` */
export function agencyOf(id: string, user: SessionUser): Agency {
  const agency = agencyById(id);
  const may = user.agency === id || user.roles.some((role) => HUB_ROLES.includes(role));
  if (!agency || !may) throw new HubError('not_found', 'There is no such agency.');
  return agency;
}

function shown(key: AgencyKey, now: Date): ShownKey {
  return { ...key, warn: warningDue(key, now) };
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function earliestEnd(keys: readonly AgencyKey[]): Date | null {
  const ends = keys.flatMap(({ end }) => end ?? []).sort((a, b) => a.getTime() - b.getTime());
  return ends[0] ?? null;
}
