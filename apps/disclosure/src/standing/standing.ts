import { decide, loadPolicy } from '#policy';
import { agencyById, fieldCatalogue, type FeedName } from '#contracts';
import type { Item } from '#policy';
import type { Db } from '#platform';
import type { ItemDecision } from '#prisma';
import { Inject, Injectable } from '@nestjs/common';
import { RecipientsRepository, type RecipientFacts } from '../deciding/recipients.repository.js';
import { toRequest } from '../deciding/request.js';
import type { CaseFacts } from '../gathering/case-facts.js';
import { retoldKind } from '../gathering/case-items.js';
import { CasesRepository } from '../gathering/cases.repository.js';
import { HistoriesRepository } from '../gathering/histories.repository.js';
import { PacksRepository, type PackRow } from '../preparing/packs.repository.js';
import { RegisteredKeys } from '../registered/registered-keys.js';

const RECORDED = 'recorded';

/**
 * The last check: whether everything a pack releases would still be released now, on the same basis. It reads the facts in the
 * caller's transaction and opens nothing: a decision needs no value, and what it needs of an item was kept with the decision.
 */
@Injectable()
export class Standing {
  private readonly policy = loadPolicy();

  constructor(
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(HistoriesRepository) private readonly histories: HistoriesRepository,
    @Inject(RecipientsRepository) private readonly recipients: RecipientsRepository,
    @Inject(RegisteredKeys) private readonly keys: RegisteredKeys,
  ) {}

  /** @returns why the pack may not leave as it is, or null when it may */
  async broken(tx: Db, pack: PackRow): Promise<string | null> {
    const occasion = await this.cases.occasion(tx, pack.purpose, pack.occasion);
    const recipient = await this.recipients.find(tx, pack.recipient);
    if (!occasion || !recipient?.agency || !occasion.recipients.includes(pack.recipient)) return 'not_invited';
    // Whoever has a lost key could read it: it is made again for the one that took its place.
    if (!(await this.keys.stands(tx, pack.recipient, pack.recipientKey))) return 'key_revoked';
    const released = await this.packs.released(tx, pack.id);
    const gone = await this.goneRecord(tx, pack, released);
    if (gone) return gone;
    const at = await this.recipients.now(tx);
    const byCase = Map.groupBy(released, (row) => row.caseId ?? pack.occasion);
    for (const [caseId, rows] of byCase) {
      const facts = occasion.cases.find(({ id }) => id === caseId);
      const why = facts ? this.brokenCase(pack, recipient, facts, rows, at) : 'not_in_case';
      if (why) return why;
    }
    return null;
  }

  /** A record that was deleted, erased or, for a review, is no longer an answer to it. */
  private async goneRecord(tx: Db, pack: PackRow, released: ItemDecision[]): Promise<string | null> {
    const ids = [...new Set(released.map((row) => row.recordId))];
    const [count] = await tx.$queryRaw<{ there: bigint }[]>`
      SELECT count(*) AS there FROM disclosure.visible_record
      WHERE id = ANY(${ids}::uuid[]) AND state IN ('active', 'superseded')`;
    if (Number(count!.there) < ids.length) return 'record_gone';
    if (pack.purpose !== 'dhr') return null;
    const answers = new Set(await this.histories.answers(tx, pack.occasion));
    return ids.every((id) => answers.has(id)) ? null : 'record_gone';
  }

  private brokenCase(
    pack: PackRow,
    recipient: RecipientFacts,
    facts: CaseFacts,
    rows: ItemDecision[],
    at: Date,
  ): string | null {
    if (pack.purpose === 'marac') {
      const standing = new Set(facts.sources.map(({ recordId, person }) => `${recordId}/${person}`));
      if (rows.some((row) => !standing.has(`${row.recordId}/${row.subjectId}`))) return 'link_undone';
    }
    // Only a decision to share without consent that was there when the pack was asked for: what it says was read then, not now.
    const without = facts.withoutConsent.find((decision) => decision.at <= pack.requestedAt);
    const { items } = decide(
      this.policy,
      toRequest({
        at,
        purpose: pack.purpose,
        recipient,
        facts,
        withoutConsent: without
          ? {
              at: without.at.toISOString(),
              necessity: RECORDED,
              proportionality: RECORDED,
              authorisedBy: RECORDED,
              victimTold: RECORDED,
            }
          : null,
        justification: facts.justification ? { necessity: RECORDED, proportionality: RECORDED } : null,
        items: rows.map(toItem),
      }),
    );
    for (const [i, { outcome, reason, basis }] of items.entries()) {
      if (outcome !== 'withhold' && basis === rows[i]!.basis) continue;
      if (rows[i]!.basis === 'consent' && (reason === 'no_consent' || outcome !== 'withhold'))
        return 'consent_withdrawn';
      return reason === 'no_agreement' ? 'agreement_ended' : outcome === 'withhold' ? reason : 'basis_changed';
    }
    return null;
  }
}

function toItem(row: ItemDecision): Item {
  const kind = fieldCatalogue[row.category as FeedName]?.[row.field]?.kind ?? 'ordinary';
  const retold = row.category === 'agency-history' ? retoldKind(row.field, agencyById(row.source)?.kind) : null;
  return {
    id: String(row.seq),
    source: row.source,
    category: row.category,
    person: row.subjectId,
    field: row.field,
    kind: retold ?? kind,
    confidential: false,
    thirdParties: row.outcome === 'redact' ? ['third-party'] : [],
  };
}
