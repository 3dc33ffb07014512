import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseRow, sampleRows, type MaracReferralRow } from '#contracts';
import { randomUUID } from 'node:crypto';
import { coordinator, PortalWorld } from '../../test/portal-world.js';

let world: PortalWorld;
beforeAll(async () => {
  world = await PortalWorld.make();
});
afterAll(() => world.end());

function referralRow(changes: Record<string, unknown> = {}): MaracReferralRow {
  const result = parseRow('marac-referral', { ...structuredClone(sampleRows['marac-referral']), ...changes });
  if (!result.ok || result.deleted) throw new Error('not taken');
  return result.row;
}

describe('a referral becomes one case', () => {
  it('with a number of the year, its people, the referrer and the grounds, and an audit entry', async () => {
    const { caseId, recordId, subjects } = await world.referral(referralRow());
    const found = (await world.services.casesRepository.find(world.database.client, caseId))!;
    expect(found).toMatchObject({
      number: expect.stringMatching(/^C-\d{4}-0001$/),
      recordId,
      referrer: 'idva',
      caldicott: false,
    });
    expect(found.criteria).toEqual({
      visibleHighRisk: true,
      professionalJudgement: false,
      potentialEscalation: true,
      repeat: false,
    });
    expect(found.referredAt.toISOString()).toBe('2026-10-01T08:30:00.000Z');
    expect(new Map(found.people.map((p) => [p.subjectId, p.role]))).toEqual(
      new Map([
        [subjects['victim'], 'victim'],
        [subjects['perpetrators.0'], 'perpetrator'],
        [subjects['children.0'], 'child'],
      ]),
    );
    expect(await world.audit('CaseOpened')).toMatchObject([
      { object: { type: 'case', id: caseId }, case: caseId, outcome: 'opened' },
    ]);
    expect(await world.audit('ReferralRead')).toMatchObject([{ object: { id: recordId }, purpose: 'marac' }]);
  });

  it('however often it is told of, also twice at once', async () => {
    const row = referralRow();
    const recordId = await world.record('police', 'marac-referral', row);
    const victim = await world.subject(recordId, 'victim', 'victim', 'police', 'marac-referral');
    const event = {
      recordId,
      agency: 'police',
      feed: 'marac-referral' as const,
      subjects: [{ id: victim, part: 'victim', role: 'victim' as const }],
    };
    const ids = await Promise.all([
      world.services.opening.open(event),
      world.services.opening.open(event),
      world.services.opening.open(event),
    ]);
    ids.push(await world.services.opening.open(event));
    expect(new Set(ids).size).toBe(1);
    expect((await world.audit('CaseOpened')).filter((entry) => (entry['case'] as string) === ids[0])).toHaveLength(1);
    expect((await world.services.consentsRepository.ofSubjects(world.database.client, [victim])).length).toBe(1);
  });

  it('a DASH score of 14 is visible high risk though the box was left empty, 13 is not', async () => {
    for (const [dashScore, held] of [
      [14, true],
      [13, false],
    ] as const) {
      const { caseId } = await world.referral(referralRow({ criteria: { dashScore } }));
      expect((await world.services.casesRepository.find(world.database.client, caseId))!.criteria.visibleHighRisk).toBe(
        held,
      );
    }
  });

  it('a corrected referral changes its case and takes nobody out of it', async () => {
    const first = await world.referral(referralRow({ criteria: { repeat: false }, children: [] }));
    const row = referralRow({ criteria: { repeat: true } });
    const newer = await world.record('idva', 'marac-referral', row, { previousId: first.recordId });
    await world.owner.query('UPDATE matching.subject SET record_id = $1 WHERE record_id = $2', [newer, first.recordId]);
    const child = await world.subject(newer, 'children.0', 'child', 'idva', 'marac-referral');
    const subjects = [
      { id: first.subjects['victim']!, part: 'victim', role: 'victim' as const },
      { id: child, part: 'children.0', role: 'child' as const },
    ];
    expect(
      await world.services.opening.open({ recordId: newer, agency: 'idva', feed: 'marac-referral', subjects }),
    ).toBe(first.caseId);
    const found = (await world.services.casesRepository.find(world.database.client, first.caseId))!;
    expect(found).toMatchObject({ recordId: newer, criteria: { repeat: true } });
    expect(found.people).toHaveLength(3);
  });

  it('numbers have no holes and no doubles when referrals come at once', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => world.referral(referralRow())));
    const rows = await world.services.casesRepository.byIds(
      world.database.client,
      made.map(({ caseId }) => caseId),
    );
    const numbers = rows.map(({ number }) => Number(number.slice(-4))).sort((a, b) => a - b);
    expect(numbers.at(-1)! - numbers[0]!).toBe(5);
    expect(new Set(numbers).size).toBe(6);
  });
});

describe('a case opened by a person', () => {
  it('shows people, linked records, safe contact and the victim’s words, and the reading is in the audit', async () => {
    const { caseId, subjects } = await world.referral(referralRow());
    const housing = parseRow('housing', structuredClone(sampleRows.housing));
    if (!housing.ok || housing.deleted) throw new Error('not taken');
    const linked = await world.record('mansfield', 'housing', housing.row);
    await world.match(subjects['victim']!, linked, 'person', 'mansfield', 'housing', 'linked');
    const proposed = await world.record('ashfield', 'housing', housing.row);
    await world.match(subjects['victim']!, proposed, 'person', 'ashfield', 'housing', 'proposed');
    const view = await world.services.caseFile.open(coordinator, caseId, 'marac');
    const victim = view.people.find(({ role }) => role === 'victim')!;
    expect(victim).toMatchObject({ name: "Mary Ann O'Sample", dateOfBirth: '1984-02-29', waiting: 1 });
    expect(victim.sources.map(({ agency }) => agency).sort()).toEqual(['idva', 'mansfield']);
    expect(victim.sources.flatMap(({ items }) => items.map(({ label }) => label))).toContain('Tenure');
    expect(view.safety.contacts).toMatchObject([{ safe: true, agency: 'idva' }]);
    expect(view.words).toMatchObject([{ afraidOf: 'Mark; his brother', aware: 'Yes' }]);
    expect(view.people[0]!.role).toBe('victim');
    expect((await world.audit('PersonViewed')).at(-1)).toMatchObject({
      actor: { id: coordinator.id },
      purpose: 'marac',
      case: caseId,
      object: { type: 'case', id: caseId },
    });
  });

  it('never shows a refuge placement, and says that one is held elsewhere', async () => {
    const { caseId, subjects } = await world.referral(referralRow());
    const row = {
      ...structuredClone(sampleRows.homelessness),
      temporaryAccommodation: { kind: 'refuge', area: 'Mansfield' },
    };
    const linked = await world.record('mansfield', 'homelessness', row);
    await world.match(subjects['victim']!, linked, 'person', 'mansfield', 'homelessness', 'linked');
    const view = await world.services.caseFile.open(coordinator, caseId, 'marac');
    expect(view.safety.confidential).toEqual([subjects['victim']]);
    const item = view.people[0]!.sources.flatMap(({ items }) => items).find(
      ({ field }) => field === 'temporaryAccommodation',
    );
    expect(item).toMatchObject({ confidential: true, value: null });
  });
});

describe('consent', () => {
  const scope = { purposes: ['marac' as const], recipients: ['police'], categories: ['housing' as const] };

  it('giving and withdrawing are kept side by side, each with audit and event', async () => {
    const { caseId, subjects } = await world.referral(referralRow({ consent: undefined }));
    const subjectId = subjects['victim']!;
    const given = await world.services.caseDecisions.consent(coordinator, caseId, {
      subjectId,
      status: 'given',
      ...scope,
    });
    const withdrawn = await world.services.caseDecisions.consent(coordinator, caseId, {
      subjectId,
      status: 'withdrawn',
      purposes: [],
      recipients: [],
      categories: [],
    });
    const again = await world.services.caseDecisions.consent(coordinator, caseId, {
      subjectId,
      status: 'given',
      ...scope,
    });
    const history = await world.services.consentsRepository.ofPerson(world.database.client, subjectId);
    expect(history.map(({ id, status }) => [id, status])).toEqual([
      [again, 'given'],
      [withdrawn, 'withdrawn'],
      [given, 'given'],
    ]);
    expect(history[1]!.purposes).toEqual(expect.arrayContaining(['marac', 'dhr', 'voluntary-support']));
    expect((await world.sent('consents.changed')).slice(-3)).toEqual(
      [given, withdrawn, again].map((consentId) => ({ subjectId, consentId })),
    );
    expect((await world.audit('ConsentWithdrawn')).at(-1)).toMatchObject({
      object: { type: 'subject', id: subjectId },
      case: caseId,
    });
  });

  it('a withdrawal takes effect whatever day it is dated: before the giving, or not come yet', async () => {
    for (const at of ['2026-10-01T00:00:00Z', '2099-01-01T00:00:00Z']) {
      const { caseId, subjects } = await world.referral(referralRow({ consent: undefined }));
      const subjectId = subjects['victim']!;
      await world.services.caseDecisions.consent(coordinator, caseId, {
        subjectId,
        status: 'given',
        at: '2026-10-15T00:00:00Z',
        ...scope,
      });
      const withdrawal = { subjectId, status: 'withdrawn' as const, at, purposes: [], recipients: [], categories: [] };
      await world.services.caseDecisions.consent(coordinator, caseId, withdrawal);
      const view = await world.services.caseFile.open(coordinator, caseId, 'marac');
      expect(view.people.find((person) => person.subjectId === subjectId)!.consent).toBe('withdrawn');
    }
  });

  it('an undated giving in a row sent again never undoes a withdrawal; a dated, later one does', async () => {
    const given = (changes: object = {}) => ({
      consent: { status: 'given', scope: { purposes: ['marac'] }, ...changes },
    });
    const { caseId, recordId, subjects } = await world.referral(referralRow(given()));
    const subjectId = subjects['victim']!;
    const none = { purposes: [], recipients: [], categories: [] };
    await world.services.caseDecisions.consent(coordinator, caseId, { subjectId, status: 'withdrawn', ...none });
    let before = recordId;
    const again = async (changes: Record<string, unknown>) => {
      const newer = await world.record('idva', 'marac-referral', referralRow(changes));
      await world.owner.query('UPDATE matching.subject SET record_id = $1 WHERE record_id = $2', [newer, before]);
      before = newer;
      const subject = { id: subjectId, part: 'victim', role: 'victim' as const };
      await world.services.opening.open({
        recordId: newer,
        agency: 'idva',
        feed: 'marac-referral',
        subjects: [subject],
      });
      const view = await world.services.caseFile.open(coordinator, caseId, 'marac');
      return view.people.find((person) => person.subjectId === subjectId)!.consent;
    };
    const wider = { scope: { purposes: ['marac', 'voluntary-support'] } };
    expect(await again({ ...given(wider), reason: 'Invented, again' })).toBe('withdrawn');
    expect((await world.audit('ConsentIgnored')).at(-1)).toMatchObject({
      object: { type: 'subject', id: subjectId },
      outcome: 'undated_after_withdrawal',
      detail: { record: before },
    });
    expect(await again(given({ ...wider, at: '2026-10-02' }))).toBe('withdrawn');
    await world.owner.query(
      `UPDATE portal.consent SET at = '2026-10-05' WHERE subject_id = $1 AND status = 'withdrawn'`,
      [subjectId],
    );
    expect(await again(given({ ...wider, at: '2026-10-06' }))).toBe('given');
  });

  it('of a subject that was merged counts for the case’s person too', async () => {
    const { caseId, subjects } = await world.referral(referralRow({ consent: undefined }));
    const recordId = await world.record('womens-aid', 'dv-service', sampleRows['dv-service']);
    const older = await world.subject(recordId, 'person', 'victim', 'womens-aid', 'dv-service');
    await world.owner.query('UPDATE matching.subject SET merged_into = $1 WHERE id = $2', [older, subjects['victim']]);
    await world.services.serviceConsent.take(world.message('subjects.changed'), {
      recordId,
      agency: 'womens-aid',
      feed: 'dv-service',
      subjects: [{ id: older, part: 'person', role: 'victim' }],
    });
    const view = await world.services.caseFile.open(coordinator, caseId, 'marac');
    expect(view.people[0]).toMatchObject({ consent: 'given', canonical: older });
    expect(view.people[0]!.sources.map(({ feed }) => feed).sort()).toEqual(['dv-service', 'marac-referral']);
  });

  it('a Women’s Aid row sent again adds nothing; its withdrawal does, once', async () => {
    const row = structuredClone(sampleRows['dv-service']) as { consent: object };
    const first = await world.record('womens-aid', 'dv-service', row);
    const person = await world.subject(first, 'person', 'victim', 'womens-aid', 'dv-service');
    const take = async (recordId: string) =>
      world.services.serviceConsent.take(world.message('subjects.changed'), {
        recordId,
        agency: 'womens-aid',
        feed: 'dv-service',
        subjects: [{ id: person, part: 'person', role: 'victim' }],
      });
    const version = async (changes: object) => {
      const id = await world.record('womens-aid', 'dv-service', { ...row, ...changes });
      await world.owner.query('UPDATE matching.subject SET record_id = $1 WHERE id = $2', [id, person]);
      return id;
    };
    await take(first);
    await take(first);
    await take(await version({ area: 'Worksop' }));
    const withdrawn = await version({ consent: { status: 'withdrawn', at: '2026-11-02' } });
    await take(withdrawn);
    await take(withdrawn);
    const history = await world.services.consentsRepository.ofSubjects(world.database.client, [person]);
    expect(history.map(({ status }) => status)).toEqual(['withdrawn', 'given']);
  });

  it('a refusal takes back what was given before, and is nothing where nothing was', async () => {
    const refusal = { consent: { status: 'refused' } };
    const { subjects } = await world.referral(referralRow(refusal));
    expect(await world.services.consentsRepository.ofPerson(world.database.client, subjects['victim']!)).toEqual([]);
    const given = await world.referral(
      referralRow({ consent: { status: 'given', scope: { purposes: ['marac'] }, at: '2026-10-01' } }),
    );
    const newer = await world.record('idva', 'marac-referral', referralRow(refusal));
    await world.owner.query('UPDATE matching.subject SET record_id = $1 WHERE record_id = $2', [newer, given.recordId]);
    const event = {
      recordId: newer,
      agency: 'idva',
      feed: 'marac-referral' as const,
      subjects: [{ id: given.subjects['victim']!, part: 'victim', role: 'victim' as const }],
    };
    await world.services.opening.open(event);
    const history = await world.services.consentsRepository.ofPerson(world.database.client, given.subjects['victim']!);
    expect(history.map(({ status }) => status)).toEqual(['withdrawn', 'given']);
  });

  it('of somebody who is not in the case is refused', async () => {
    const { caseId } = await world.referral(referralRow());
    const consent = world.services.caseDecisions.consent(coordinator, caseId, {
      subjectId: randomUUID(),
      status: 'given',
      ...scope,
    });
    await expect(consent).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('deciding to share without consent', () => {
  const text = {
    necessity: 'Threats to kill',
    proportionality: 'Only what the plan needs',
    authorisedBy: 'A. Manager',
    victimTold: 'no: not safe to',
  };

  it('is sealed in the database and read back through the vault', async () => {
    const { caseId } = await world.referral(referralRow());
    await world.services.caseDecisions.withoutConsent(coordinator, caseId, text);
    await world.services.caseDecisions.justify(coordinator, caseId, { necessity: 'n', proportionality: 'p' });
    const { rows } = await world.owner.query('SELECT body FROM portal.sealed_text');
    expect(rows.some(({ body }) => body.includes('Threats'))).toBe(false);
    const view = await world.services.caseFile.open(coordinator, caseId, 'marac');
    expect(view.withoutConsent).toMatchObject([{ ...text, createdBy: coordinator.id }]);
    expect(view.justification).toEqual({ necessity: 'n', proportionality: 'p' });
    expect(await world.audit('WithoutConsentRecorded')).toMatchObject([{ case: caseId }]);
  });

  it('counts in the list only when it is later than every withdrawal', async () => {
    const { caseId, subjects } = await world.referral(referralRow({ consent: undefined }));
    const state = async () =>
      (
        await world.services.caseList.listed(
          await world.services.casesRepository.byIds(world.database.client, [caseId]),
        )
      )[0]!.consent;
    expect(await state()).toBe('none');
    await world.services.caseDecisions.withoutConsent(coordinator, caseId, text);
    expect(await state()).toBe('decided');
    const none = { purposes: [], recipients: [], categories: [] };
    await world.services.caseDecisions.consent(coordinator, caseId, {
      subjectId: subjects['victim']!,
      status: 'withdrawn',
      ...none,
    });
    expect(await state()).toBe('withdrawn');
  });

  it('Caldicott sign-off is given once', async () => {
    const { caseId } = await world.referral(referralRow());
    await world.services.caseDecisions.signCaldicott(coordinator, caseId);
    await expect(world.services.caseDecisions.signCaldicott(coordinator, caseId)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a declared conflict', () => {
  it("does not tell the log's readers whom it is about: the agency it names reads the log too", async () => {
    const { caseId, subjects } = await world.referral(referralRow());
    const form = { agency: 'probation', subjectId: subjects['perpetrators.0']!, kind: 'acts-for' as const };
    await world.services.caseDecisions.declareConflict(coordinator, caseId, form);
    const [entry] = await world.audit('ConflictDeclared');
    expect(entry).toMatchObject({ object: { type: 'case', id: caseId }, outcome: 'declared' });
    for (const told of Object.values(form)) expect(JSON.stringify(entry)).not.toContain(told);
    const { declaration } = (entry as { detail: { declaration: string } }).detail;
    const { rows } = await world.owner.query('SELECT kind FROM portal.sealed_text WHERE id = $1', [declaration]);
    expect(rows).toEqual([{ kind: 'conflict' }]);
  });
});
