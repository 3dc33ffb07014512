import { blockingKeys } from '../blocking/blocking-keys.js';
import { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { comparePeople } from '../people/compare-people.js';
import { FIELDS } from '../people/fields.js';
import type { LinkageModel } from '../people/person-model.js';
import { explain, type PairScore } from '../people/score-pair.js';
import { weighingOf } from '../people/weighing.js';

export interface SubjectMatch {
  subjectId: string;
  score: PairScore;
}

interface Entry {
  id: string;
  person: PreparedPerson;
  keys: string[];
  /** The last search that met it, so that it is scored once though several keys lead to it. */
  seenBy: number;
}

/** The hub's subjects in memory: finds those a record may be about. Not for use from two threads. */
export class SubjectIndex {
  private readonly entries = new Map<string, Entry>();
  private readonly blocks = new Map<string, Entry[]>();
  private searches = 0;
  /** Of the search at hand, kept so that searching makes no garbage: who was met, levels a row each, bits. */
  private readonly found: Entry[] = [];
  private levels = new Uint8Array(64 * FIELDS.length);
  private weights = new Float64Array(64);

  constructor(
    private readonly model: LinkageModel,
    private readonly frequencies: NameFrequencies = new NameFrequencies(),
  ) {}

  get size(): number {
    return this.entries.size;
  }

  /** Adds a subject, or replaces what was known of it. */
  upsert(id: string, person: PreparedPerson): void {
    this.remove(id);
    const entry: Entry = { id, person, keys: blockingKeys(person), seenBy: 0 };
    this.entries.set(id, entry);
    for (const key of entry.keys) {
      const block = this.blocks.get(key);
      if (block) block.push(entry);
      else this.blocks.set(key, [entry]);
    }
  }

  remove(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    for (const key of entry.keys) {
      const left = this.blocks.get(key)!.filter((other) => other !== entry);
      if (left.length > 0) this.blocks.set(key, left);
      else this.blocks.delete(key);
    }
  }

  /** Subjects at or above the model's lowest threshold, best first (equal ones by id). */
  match(record: PreparedPerson): SubjectMatch[] {
    this.compare(record);
    const { found, levels, weights } = this;
    weighingOf(this.model).weigh(levels, found.length, weights);
    const lowest = lowestThreshold(this.model);
    const matches: SubjectMatch[] = [];
    for (let at = 0; at < found.length; at++) {
      if (weights[at]! < lowest) continue;
      const score = explain(this.model, levels, at * FIELDS.length, weights[at]!);
      matches.push({ subjectId: found[at]!.id, score });
    }
    found.length = 0;
    return matches.sort((x, y) => y.score.weight - x.score.weight || (x.subjectId < y.subjectId ? -1 : 1));
  }

  /** Leaves the subjects that share a key with the record in `found`, and a row of levels for each. */
  private compare(record: PreparedPerson): void {
    const search = ++this.searches;
    const { found } = this;
    found.length = 0;
    for (const key of blockingKeys(record)) {
      const block = this.blocks.get(key);
      if (!block) continue;
      for (const entry of block) {
        if (entry.seenBy === search) continue;
        entry.seenBy = search;
        if (found.length === this.weights.length) this.grow();
        comparePeople(record, entry.person, this.frequencies, this.levels, found.length * FIELDS.length);
        found.push(entry);
      }
    }
  }

  private grow(): void {
    const levels = new Uint8Array(this.levels.length * 2);
    levels.set(this.levels);
    this.levels = levels;
    this.weights = new Float64Array(this.weights.length * 2);
  }
}

function lowestThreshold(model: LinkageModel): number {
  const perRole = Object.values(model.thresholds.perRole ?? {});
  return Math.min(model.thresholds.show, ...perRole.map(({ show }) => show));
}
