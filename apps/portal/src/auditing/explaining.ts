interface Entry {
  at?: string;
  actor?: { type: string; id: string };
  action?: string;
  object?: { type: string; id: string };
  case?: string;
  purpose?: string;
  basis?: string;
  outcome?: string;
  detail?: Record<string, unknown>;
  commit?: Record<string, string>;
}

/** An entry line by line, in words. It holds ids and hashes only, so there is nothing to hide. */
export function explainEntry(entry: Entry): { term: string; meaning: string }[] {
  const lines = [
    { term: 'Who', meaning: entry.actor ? `${entry.actor.id} (${entry.actor.type})` : '' },
    { term: 'Did what', meaning: entry.action ?? '' },
    { term: 'To what', meaning: entry.object ? `${entry.object.type} ${entry.object.id}` : '' },
    { term: 'In case', meaning: entry.case ?? '' },
    { term: 'For what purpose', meaning: entry.purpose ?? '' },
    { term: 'On what basis', meaning: entry.basis ?? '' },
    { term: 'With what outcome', meaning: entry.outcome ?? '' },
    ...Object.entries(entry.detail ?? {}).map(([term, value]) => ({ term, meaning: String(value) })),
    ...Object.entries(entry.commit ?? {}).map(([name, hash]) => ({ term: `Commitment to ${name}`, meaning: hash })),
  ];
  return lines.filter((line) => line.meaning !== '');
}
