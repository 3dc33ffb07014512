import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rowsRoot } from '#ledger';
import canonicalize from 'canonicalize';
import { execFileSync } from 'node:child_process';
import { openPack, type OpenedPack } from '../../apps/connector/src/opening/open-pack.js';
import { PackRequests } from '../../apps/disclosure/src/requesting/pack-requests.js';
import { ANALYST, message, sampleMeeting, World, type SampleCase } from '../support/disclosure-world.js';

let world: World;
let theCase: SampleCase;
const opened = new Map<string, OpenedPack>();

beforeAll(async () => {
  world = await World.make();
  for (const agency of ['police', 'ashfield', 'mansfield', 'womens-aid', 'idva']) await world.registerKey(agency);
  theCase = await sampleMeeting(world, ['police', 'ashfield', 'mansfield', 'idva', 'gedling', 'womens-aid']);
  const arrears = await world.record('mansfield', 'arrears');
  await world.link(theCase.victim, arrears, 'person', 'mansfield', 'arrears');
  const housing = await world.record('mansfield', 'housing', (row) => {
    row.household = [
      { name: 'Minnie Sample', dateOfBirth: '2015-01-09', relationship: 'daughter' },
      { name: 'Nadia Stranger', dateOfBirth: '1990-01-09', relationship: 'lodger' },
    ];
  });
  await world.link(theCase.victim, housing, 'person', 'mansfield', 'housing');
  // A row that nobody linked stays out, whatever it says.
  await world.record('mansfield', 'asb');
  for (const recipient of ['police', 'ashfield', 'womens-aid'])
    await world.agreement('idva', recipient, ['marac-referral']);
  await world.agreement('mansfield', 'police', ['arrears', 'housing']);
  await world.agreement('mansfield', 'idva', ['arrears', 'housing']);
  await world.consent(theCase.victim, 'given', ['police', 'ashfield'], ['marac-referral']);
  await world.consent(theCase.victim, 'given', ['police', 'idva'], ['arrears', 'housing']);
  // Women's Aid's reader knows the alleged perpetrator; Ashfield's acts for him.
  await world.owner.query(
    "INSERT INTO portal.conflict_of_interest VALUES ('womens-aid',$1,'conflict'),('ashfield',$1,'acts-for'),('mansfield',$1,'acts-for')",
    [theCase.man],
  );
  const requests = world.get(PackRequests);
  const asked = { kind: 'marac', meetingId: theCase.meeting, requestedBy: ANALYST };
  await requests.take(message('packs.requested', asked), 'marac', theCase.meeting, ANALYST);
  await requests.take(message('packs.requested', asked), 'marac', theCase.meeting, ANALYST);
  await world.work();
  await world.relay();
  for (const { topic, value } of world.sent) {
    const agency = topic.slice('disclosures.'.length);
    opened.set(agency, await openPack(value, await world.openKeys(agency)));
  }
}, 60_000);
afterAll(() => world.end());

const fields = (agency: string, source?: string) =>
  opened
    .get(agency)!
    .pack.cases.flatMap(({ people }) =>
      people.flatMap(({ items }) =>
        items.filter((item) => !source || item.source.agency === source).map((item) => item.field),
      ),
    );

describe('packs of a meeting', () => {
  it('are made once for each attendee, however often the asking comes', async () => {
    expect((await world.packs()).map(({ recipient, state, failure }) => [recipient, state, failure])).toEqual([
      ['ashfield', 'sent', null],
      ['gedling', 'failed', 'no_recipient_key'],
      ['idva', 'sent', null],
      ['mansfield', 'sent', null],
      ['police', 'sent', null],
      ['womens-aid', 'sent', null],
    ]);
    expect([...opened.keys()].sort()).toEqual(['ashfield', 'idva', 'mansfield', 'police', 'womens-aid']);
  });

  it('open everything once for all recipients, in one logged reading', async () => {
    const readings = await world.entries('PackPrepared');
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      purpose: 'marac',
      object: { type: 'meeting', id: theCase.meeting },
      actor: { id: ANALYST },
    });
  });

  it('differ by what the policy allows each recipient', () => {
    expect(fields('police', 'mansfield')).toEqual(expect.arrayContaining(['daysInArrears', 'tenure']));
    expect(fields('police', 'idva')).toEqual(
      expect.arrayContaining(['person.surname', 'safeContact.number', 'reason']),
    );
    expect(fields('ashfield', 'mansfield')).toEqual([]);
    expect(fields('mansfield')).toEqual([]);
    const { cases } = opened.get('mansfield')!.pack;
    expect(cases[0]!.withheld).toEqual(expect.arrayContaining([{ reason: 'no_agreement', count: expect.any(Number) }]));
  });

  it('leave out what the recipient itself sent', () => {
    expect(fields('idva', 'idva')).toEqual([]);
    expect(fields('idva', 'mansfield')).toContain('daysInArrears');
  });

  it('say nothing of where a victim is to somebody who acts for the alleged perpetrator, nor that this is why', () => {
    const told = fields('ashfield', 'idva');
    expect(told).toEqual(expect.arrayContaining(['person.surname', 'reason']));
    for (const field of [
      'person.addresses',
      'person.telephones',
      'person.emails',
      'safeContact.number',
      'children.school',
    ])
      expect(told.filter((_, i) => told[i] === field && !isHis(i))).toEqual([]);
    const [theirs] = opened.get('ashfield')!.pack.cases;
    expect(theirs!.safeContact).toBeUndefined();
    expect(theirs!.withheld.map(({ reason }) => reason)).toContain('not_shared');
    expect(JSON.stringify(opened.get('ashfield')!.pack)).not.toMatch(
      /perpetrator_link|conflict_of_interest|confidential_address/,
    );

    function isHis(at: number) {
      const all = opened
        .get('ashfield')!
        .pack.cases.flatMap(({ people }) => people.flatMap((p) => p.items.map(() => p.role)));
      return all[at] === 'perpetrator';
    }
  });

  it('count a refuge with what nobody is told of, and where no agreement covers the source not even so', () => {
    const told = (agency: string) =>
      opened.get(agency)!.pack.cases.flatMap(({ withheld }) => withheld.map(({ reason }) => reason));
    const named = ['no_agreement', 'no_consent', 'not_shared', 'threshold_not_met'];
    for (const agency of opened.keys()) for (const reason of told(agency)) expect(named).toContain(reason);
    expect(told('mansfield')).toEqual(['no_agreement']);
  });

  it('do not even name a case to a recipient with a conflict', () => {
    const { pack } = opened.get('womens-aid')!;
    expect(pack.cases).toEqual([]);
    expect(JSON.stringify(pack)).not.toContain('C-2026-001');
  });

  it('show safe contact and grounds first, from what was released', () => {
    const [first] = opened.get('police')!.pack.cases;
    expect(first!.safeContact).toEqual({
      safe: true,
      number: '07700 900456',
      times: 'Weekday mornings',
      messageOk: true,
      notSafeToTalkTo: ['Mark'],
    });
    expect(first!.criteria).toMatchObject({ dashScore: 16, visibleHighRisk: true });
    expect(first!.people.map(({ role, displayName }) => [role, displayName])).toEqual([
      ['victim', "Mary Ann O'Sample"],
      ['perpetrator', 'Mark Sample'],
      ['child', 'Minnie Sample'],
    ]);
  });

  it('take out third parties and leave in the people of the case', () => {
    const items = opened.get('police')!.pack.cases[0]!.people[0]!.items;
    const household = items.filter(({ field }) => field === 'household');
    expect(household.map(({ outcome, value }) => [outcome, value])).toEqual([
      ['release', 'Minnie Sample, daughter, born 9 January 2015'],
      ['redact', '[name removed], lodger'],
    ]);
    expect(items.find(({ field }) => field === 'referrer')?.value).toBe('IDVA, idva');
    expect(JSON.stringify(opened.get('police')!.pack)).not.toMatch(/Nadia|Sam Example/);
  });

  it('are logged with a digest that every kept decision can be proved against', async () => {
    const [pack] = (await world.packs()).filter(({ recipient }) => recipient === 'police');
    const entry = (await world.entries('PackSent')).find(({ object }) => object.id === pack!.id)!;
    expect(entry).toMatchObject({
      purpose: 'marac',
      detail: { recipient: 'police', released: pack!.released, withheld: pack!.withheld },
    });
    const { rows } = await world.owner.query('SELECT * FROM disclosure.item_decision WHERE pack_id = $1 ORDER BY seq', [
      pack!.id,
    ]);
    expect(rows).toHaveLength(pack!.released + pack!.withheld);
    const leaves = rows.map((row) =>
      Buffer.from(
        canonicalize({
          pack: row.pack_id,
          seq: row.seq,
          case: row.case_id,
          subject: row.subject_id,
          record: row.record_id,
          source: row.source,
          category: row.category,
          field: row.field,
          outcome: row.outcome,
          reason: row.reason,
          rule: row.rule,
          basis: row.basis,
          consent: row.consent_id,
          match: row.match_id,
        })!,
      ),
    );
    expect(entry.commit?.['items']).toBe(rowsRoot(leaves).toString('hex'));
    expect(rows.filter((row) => row.basis === 'consent').every((row) => row.consent_id)).toBe(true);
    expect(rows.filter((row) => row.category === 'arrears').every((row) => row.match_id)).toBe(true);
  });

  it('hold in their PDF what was released and nothing that was withheld', () => {
    const textOf = (agency: string) =>
      execFileSync('pdftotext', ['-layout', '-', '-'], { input: opened.get(agency)!.pdf! })
        .toString('utf8')
        .replace(/\s+/g, ' ');
    expect(textOf('police')).toMatch(/MARAC meeting M-2026-001.*Pack for Police/);
    expect(textOf('police')).toContain('07700 900456');
    const ashfield = textOf('ashfield');
    for (const secret of [
      '07700',
      '0115 496',
      'Made Up Road',
      'NG18',
      'Pretend Primary',
      'example.org',
      'Nadia',
      'Sam Example',
    ])
      expect(ashfield).not.toContain(secret);
    const info = execFileSync('pdfinfo', ['-'], { input: opened.get('police')!.pdf! }).toString('utf8');
    expect(info).toContain(`Title: Pack ${opened.get('police')!.pack.id}`.replace('Title: ', ''));
    expect(info).not.toMatch(/Sample|Mary/);
  });

  it('leave no name in the database', async () => {
    const { rows } = await world.owner.query("SELECT string_agg(p::text, ' ') AS text FROM disclosure.pack p");
    expect(rows[0].text).not.toMatch(/Sample|Mary/);
  });
});
