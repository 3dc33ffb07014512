import { fieldCatalogue, HubError, type FeedName } from '#contracts';
import { loadPolicy, type Basis, type Policy, type RuleText } from '#policy';
import { appendAudit, Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../../allowing/allow.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { PacksRepository, type ItemDecisionRow, type PackRow } from './packs.repository.js';

/** Items of a pack that one rule decided in one way, with the rule in plain words. */
export interface DecisionGroup {
  outcome: ItemDecisionRow['outcome'];
  reason: string;
  rule: number;
  /** what the rule looks at */
  when: string;
  /** what was decided, as a sentence */
  text: string;
  /** what would have to be different for another answer */
  whatWouldChange: string;
  basis: (Basis & { id: string }) | null;
  items: (ItemDecisionRow & { label: string })[];
}

export interface PackDecisionsView {
  pack: PackRow;
  released: number;
  redacted: number;
  withheld: number;
  groups: DecisionGroup[];
}

/** Why each item of a pack went or did not, by reference: no value is opened for it. */
@Injectable()
export class PackDecisions {
  private readonly policies = new Map<string, Policy>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  /** A reason may tell of a person by itself, so the reading is in the audit. @throws HubError `not_found` */
  async of(user: SessionUser, packId: string): Promise<PackDecisionsView> {
    const { pack, items } = await this.database.unitOfWork(async (tx) => {
      const pack = await this.packs.find(tx, packId);
      if (!pack) throw new HubError('not_found', 'There is no such pack.');
      const object = { type: 'pack', id: packId };
      const { purpose } = pack;
      await appendAudit(tx, { actor: actorOf(user), action: 'DecisionsRead', purpose, object, outcome: 'read' });
      return { pack, items: await this.packs.items(tx, packId) };
    });
    const policy = this.policy(pack.policy);
    const groups = [...Map.groupBy(items, (item) => `${item.outcome}/${item.rule}/${item.reason}`).values()];
    const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length;
    const order = ['withhold', 'redact', 'release'];
    return {
      pack,
      released: count('release'),
      redacted: count('redact'),
      withheld: count('withhold'),
      groups: groups
        .map((group) => explained(group, policy))
        .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || a.rule - b.rule),
    };
  }

  private policy(version: string): Policy {
    const known = this.policies.get(version) ?? loadPolicy(version);
    this.policies.set(version, known);
    return known;
  }
}

function explained(items: ItemDecisionRow[], policy: Policy): DecisionGroup {
  const { outcome, reason, rule, basis } = items[0]!;
  const row = policy.rules[rule - 1]!;
  const redaction = policy.rules[8]!;
  const known = basis ? policy.bases[basis] : undefined;
  return {
    outcome,
    reason,
    rule,
    when: row.when,
    ...words(outcome, row, redaction),
    basis: known && basis ? { ...known, id: basis } : null,
    items: items.map((item) => ({ ...item, label: labelOf(item) })),
  };
}

function words(outcome: ItemDecisionRow['outcome'], row: RuleText, redaction: RuleText) {
  if (outcome === 'withhold') return { text: row.withheld, whatWouldChange: row.whatWouldChange };
  const otherwise = `It would be withheld if this no longer held. ${row.withheld}`;
  if (outcome === 'release')
    return { text: `The rule for when ${row.when} lets it go, on the basis below.`, whatWouldChange: otherwise };
  return {
    text: `${redaction.withheld} The rest goes, on the basis below.`,
    whatWouldChange: `${redaction.whatWouldChange} ${otherwise}`,
  };
}

function labelOf(item: ItemDecisionRow): string {
  return fieldCatalogue[item.category as FeedName]?.[item.field]?.label ?? item.field;
}
