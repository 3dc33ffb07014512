import { FEEDS, HubError, isFeedName, type FeedName } from '#contracts';
import { basename } from 'node:path';

/** How files in a watched folder get their feed. */
export interface FeedRules {
  /** every file of the folder itself */
  feed?: FeedName;
  /** by a pattern of the path below the folder; the first that fits */
  patterns: { pattern: RegExp; feed: FeedName }[];
}

/** @param maps `<pattern>=<feed>`, where * stands for any letters and ? for one @throws HubError `usage` */
export function feedRules(feed: string | undefined, maps: readonly string[]): FeedRules {
  if (feed !== undefined && !isFeedName(feed))
    throw new HubError('usage', `"${feed}" is no feed. See: mash feed check --help`);
  const patterns = maps.map((map) => {
    const at = map.lastIndexOf('=');
    const name = map.slice(at + 1);
    if (at < 1 || !isFeedName(name))
      throw new HubError('usage', `--map is <pattern>=<feed>, for example --map "rents*.csv=arrears"; not "${map}".`);
    return { pattern: patternOf(map.slice(0, at)), feed: name };
  });
  return { ...(feed ? { feed } : {}), patterns };
}

/**
 * @param path below the watched folder, with `/`
 * @returns by pattern, by the one feed given, by subfolder (`arrears/…`), or by the name's beginning (`arrears-2026-11.csv`); or null
 */
export function feedOfFile(path: string, { feed, patterns }: FeedRules): FeedName | null {
  const fits = patterns.find(({ pattern }) => pattern.test(path) || pattern.test(basename(path)));
  if (fits) return fits.feed;
  const [folder, ...rest] = path.split('/');
  if (feed) return rest.length === 0 ? feed : null;
  if (rest.length > 0) return isFeedName(folder) ? folder : null;
  return FEEDS.find((name) => new RegExp(`^${name}(?![a-z])`, 'i').test(path)) ?? null;
}

function patternOf(text: string): RegExp {
  const body = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${body}$`, 'i');
}
