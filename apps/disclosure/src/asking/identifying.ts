import type { HistoryRequest, PersonBlock } from '#contracts';

type Identifying = HistoryRequest['people'][number]['person'];
type Known = Omit<PersonBlock, 'telephones' | 'emails' | 'title'>;

/**
 * What an agency needs to find somebody in its own files: names, date of birth, numbers; of addresses only the alleged perpetrator's. A
 * victim's or child's may have become confidential, and whoever lived with somebody who died may live there still. Never a telephone
 * number or e-mail.
 * @param blocks every person block the hub has of the person, the fullest wins for each field
 */
export function identifying(blocks: readonly PersonBlock[], person: { role: string }): Identifying {
  const longest = <K extends keyof Known>(key: K): Known[K] | undefined =>
    blocks
      .map((block) => block[key])
      .filter((value) => value !== undefined)
      .sort((a, b) => String(b).length - String(a).length)[0];
  const [main = {}] = [...blocks].sort((a, b) => Object.keys(b).length - Object.keys(a).length);
  const aliases = [...(longest('aliases') ?? []), ...blocks.map(({ surname, forenames }) => ({ surname, forenames }))];
  const others = [...new Map(aliases.map((name) => [JSON.stringify(named(name)), named(name)])).values()].filter(
    (name) => JSON.stringify(name) !== JSON.stringify(named(main)),
  );
  const addresses = person.role === 'perpetrator' ? blocks.flatMap((block) => block.addresses ?? []) : [];
  const text = {
    dateOfBirth: longest('dateOfBirth'),
    sex: longest('sex'),
    nhsNumber: longest('nhsNumber'),
    niNumber: longest('niNumber'),
  };
  return {
    ...named(main),
    ...(others.length > 0 ? { aliases: others } : {}),
    ...Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined)),
    ...(addresses.length > 0 ? { addresses: addresses.map(place) } : {}),
  };
}

function named({ surname, forenames }: { surname?: string | undefined; forenames?: string[] | undefined }) {
  return { ...(surname ? { surname } : {}), ...(forenames?.length ? { forenames } : {}) };
}

function place({ lines, town, postcode }: NonNullable<PersonBlock['addresses']>[number]) {
  return { ...(lines ? { lines } : {}), ...(town ? { town } : {}), ...(postcode ? { postcode } : {}) };
}
