import type { Agreement, Recipient } from '#policy';
import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

/** A recipient before it is held against a case: conflicts still name subjects, not the case's people. */
export interface RecipientFacts extends Omit<Recipient, 'conflicts' | 'actsFor'> {
  name: string;
  conflicts: string[];
  actsFor: string[];
  agreements: Agreement[];
}

/** Who may receive what: agencies, their declared conflicts, the agreements that let others share with them. */
@Injectable()
export class RecipientsRepository {
  async find(db: Db, agency: string): Promise<RecipientFacts | null> {
    const [found] = await db.$queryRaw<
      { id: string; name: string; kind: string; authority: boolean; safeguarding_partner: boolean }[]
    >`
      SELECT id, name, kind, authority, safeguarding_partner FROM disclosure.agency WHERE id = ${agency}`;
    if (!found) return null;
    const conflicts = await db.$queryRaw<{ subject_id: string; kind: string }[]>`
      SELECT subject_id, kind FROM disclosure.conflict_of_interest WHERE agency = ${agency}`;
    const panel = await db.$queryRaw<{ review_id: string }[]>`
      SELECT review_id FROM disclosure.review_member WHERE agency = ${agency}`;
    const agreements = await db.$queryRaw<
      {
        source: string;
        recipient: string;
        purposes: string[];
        categories: string[];
        valid_from: Date;
        valid_to: Date | null;
      }[]
    >`SELECT source, recipient, purposes, categories, valid_from, valid_to FROM disclosure.agreement WHERE recipient = ${agency}`;
    const of = (actsFor: boolean) =>
      conflicts.filter((row) => (row.kind === 'acts-for') === actsFor).map((row) => row.subject_id);
    return {
      agency,
      name: found.name,
      kind: found.kind,
      authority: found.authority,
      safeguardingPartner: found.safeguarding_partner,
      panel: panel.map((row) => row.review_id),
      conflicts: of(false),
      actsFor: of(true),
      agreements: agreements.map(({ valid_from, valid_to, ...agreement }) => ({
        ...agreement,
        from: valid_from.toISOString(),
        to: valid_to?.toISOString() ?? null,
      })),
    };
  }

  async names(db: Db): Promise<Map<string, string>> {
    const rows = await db.$queryRaw<{ id: string; name: string }[]>`SELECT id, name FROM disclosure.agency`;
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** The database's clock: consents and agreements are dated by it. */
  async now(db: Db): Promise<Date> {
    const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    return row!.now;
  }
}
