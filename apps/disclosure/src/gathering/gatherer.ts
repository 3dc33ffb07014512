import type { PersonBlock } from '#contracts';
import type { Justification, WithoutConsentDecision } from '#policy';
import { Database, type Actor } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseFacts, Occasion, Purpose, Source } from './case-facts.js';
import { caseItems, personAt, UNKNOWN } from './case-items.js';
import { CasesRepository } from './cases.repository.js';
import type { Gathered, GatheredCase, OpenedRecord } from './gathered.js';
import { personOfAnswer } from './history-people.js';
import { HistoriesRepository } from './histories.repository.js';
import { Opening, type Opened } from './opening.js';

/** Gathers what packs of a meeting or review are made of: opened once, used for every recipient. */
@Injectable()
export class Gatherer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(HistoriesRepository) private readonly histories: HistoriesRepository,
    @Inject(Opening) private readonly opening: Opening,
  ) {}

  /** @param actor who asked for the packs: the reading is audited as theirs @returns null when there is no such meeting or review */
  async gather(purpose: Purpose, id: string, actor: Actor): Promise<Gathered | null> {
    const occasion = await this.cases.occasion(this.database.client, purpose, id);
    if (!occasion) return null;
    const object = { type: purpose === 'marac' ? 'meeting' : 'review', id };
    const reading = { actor, action: 'PackPrepared', purpose, object };
    const answers = purpose === 'dhr' ? await this.histories.answers(this.database.client, id) : [];
    const records = new Set([
      ...occasion.cases.flatMap(({ sources }) => sources.map(({ recordId }) => recordId)),
      ...answers,
    ]);
    const texts = occasion.cases.flatMap(({ withoutConsent, justification }) => [
      ...withoutConsent.slice(0, 1).map(({ textId }) => textId),
      ...(justification ? [justification] : []),
    ]);
    const opened = await this.opening.open(reading, [...records], texts);
    return { occasion, cases: occasion.cases.map((facts) => gatheredCase(occasion, facts, answers, opened)) };
  }
}

function gatheredCase(occasion: Occasion, facts: CaseFacts, answers: string[], opened: Opened): GatheredCase {
  const items = caseItems(
    facts,
    occasion.purpose === 'dhr' ? answerSources(facts, answers, opened.records) : facts.sources,
    opened.records,
  );
  const [latest] = facts.withoutConsent;
  const decision = latest && (opened.texts.get(latest.textId) as Omit<WithoutConsentDecision, 'at'> | undefined);
  const justification = facts.justification ? opened.texts.get(facts.justification) : undefined;
  return {
    facts,
    items,
    withoutConsent: decision ? { ...decision, at: latest.at.toISOString() } : null,
    justification: (justification as Justification | undefined) ?? null,
  };
}

/** Whose each answer is: by a link a person confirmed, else by what it says; nobody's answers stay out (`not_in_case`). */
function answerSources(facts: CaseFacts, answers: string[], records: ReadonlyMap<string, OpenedRecord>): Source[] {
  const people = new Map<string, PersonBlock[]>();
  for (const { recordId, part, person } of facts.sources) {
    const block = personAt(records.get(recordId), part);
    if (block) people.set(person, [...(people.get(person) ?? []), block]);
  }
  return answers.map((recordId) => {
    const linked = facts.sources.find((source) => source.recordId === recordId);
    if (linked) return linked;
    const block = personAt(records.get(recordId), 'person');
    const person = block && personOfAnswer(block, people);
    return { recordId, part: 'person', person: person ?? UNKNOWN, matchId: null };
  });
}
