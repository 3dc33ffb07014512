import { blockingKeys } from '../blocking/blocking-keys.js';
import { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import type { LinkageModel } from '../scoring/model.js';
import { comparisonFor, explain, type PairScore, weigh } from '../scoring/score-pair.js';

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

  /** Subjects at or above the model's lowest closer-look threshold, best first (equal ones by id). */
  match(record: PreparedPerson): SubjectMatch[] {
    const search = ++this.searches;
    const comparison = comparisonFor(this.model);
    const lowest = lowestThreshold(this.model);
    const matches: SubjectMatch[] = [];
    for (const key of blockingKeys(record)) {
      const block = this.blocks.get(key);
      if (!block) continue;
      for (const entry of block) {
        if (entry.seenBy === search) continue;
        entry.seenBy = search;
        const weight = weigh(comparison, record, entry.person, this.frequencies);
        if (weight >= lowest) matches.push({ subjectId: entry.id, score: explain(this.model, comparison, weight) });
      }
    }
    return matches.sort((x, y) => y.score.weight - x.score.weight || (x.subjectId < y.subjectId ? -1 : 1));
  }
}

function lowestThreshold(model: LinkageModel): number {
  const perRole = Object.values(model.thresholds.perRole ?? {});
  return Math.min(model.thresholds.closerLook, ...perRole.map((thresholds) => thresholds.closerLook));
}
