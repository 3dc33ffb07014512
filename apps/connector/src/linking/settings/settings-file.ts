import type { ComparisonSettings } from '#linkage';
import { z } from 'zod';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import { quoted } from '../reading/file-problem.js';
import { isDateFormat } from './date-format.js';
import { KINDS } from './kinds.js';
import { jsonIn, readSmallFile } from './small-file.js';

const KIND_NAMES = Object.keys(KINDS) as ComparisonSettings['kind'][];

const name = z.string().min(1, 'must not be empty');

const BLOCKING = 'must be "auto" or lists of columns';
const THRESHOLD = 'must be "auto" or bits from -100 to 1000';

const SIDE = 'must be a heading, or a list of headings';
const side = z.union([name, z.array(name).min(1, SIDE)], SIDE);
const COLUMN = 'must be a heading, or two: the left file’s and the right file’s';
/** A heading of every file, or the left file's and the right file's; several of one file are read as one text. */
const column = z.union([name, z.tuple([side, side])], COLUMN);

const Comparison = z
  .looseObject({
    columns: z.array(column).min(1, 'must name at least one column'),
    kind: z.enum(KIND_NAMES, `must be one of ${KIND_NAMES.join(', ')}`),
    format: z.string().optional(),
  })
  .refine(({ columns }) => new Set(columns.map(textOf)).size === columns.length, 'names a column twice')
  .refine(({ kind, columns }) => kind !== 'date' || columns.length === 1 || columns.length === 3, {
    message: 'a date is in one column, or in three: year, month and day in that order',
  })
  .refine(({ kind, format }) => kind !== 'date' || format === undefined || isDateFormat(format), {
    path: ['format'],
    message: ': a date format is written with %d, %m, %b, %y, %Y and the like, as in %d/%m/%Y',
  });

/** Equal for comparisons of the same kind and columns, in whatever order. */
function sameness({ kind, columns }: { kind: string; columns: ColumnSetting[] }): string {
  return JSON.stringify([kind, ...columns.map(textOf).sort()]);
}

function textOf(one: ColumnSetting): string {
  return JSON.stringify(one);
}

const ID = 'must be a heading, or two: the left file’s and the right file’s';
const Settings = z.strictObject({
  id: z
    .union([name, z.tuple([name, name])], { error: ({ input }) => (input === '' ? 'must not be empty' : ID) })
    .optional(),
  type: z.enum(['dedupe', 'link'], 'must be "dedupe" or "link"').optional(),
  oneToOne: z.boolean('must be true or false').optional(),
  comparisons: z
    .array(Comparison)
    .min(1, 'must hold at least one comparison')
    .max(50, 'must hold at most 50 comparisons')
    .refine((all) => new Set(all.map(sameness)).size === all.length, 'names the same comparison twice')
    .optional(),
  blocking: z.union([z.literal('auto'), z.array(z.array(name).min(1, BLOCKING)).min(1, BLOCKING)], BLOCKING).optional(),
  threshold: z.union([z.literal('auto'), z.number().min(-100, THRESHOLD).max(1000, THRESHOLD)], THRESHOLD).optional(),
  threads: z.int('must be a whole number').min(0, 'must not be below 0').max(256, 'must not be above 256').optional(),
  /** The peer's own part: passed over. */
  splink: z.unknown().optional(),
});

/** One heading for every file, or what each of two files calls it. */
export type ColumnSetting = z.infer<typeof column>;

/** What a settings file may say; what it leaves out is chosen. */
export type SettingsFile = z.infer<typeof Settings>;

/** @throws LinkError `usage` naming what is wrong, in words */
export function parseSettings(text: string, file: string): SettingsFile {
  const parsed = Settings.safeParse(jsonIn(text, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(inWords);
  throw new LinkError('usage', `${printable(file)}: ${[...new Set(problems)].join('; ')}.`);
}

export async function readSettings(file: string): Promise<SettingsFile> {
  return parseSettings(await readSmallFile(file), file);
}

function inWords(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`)).join('');
  const where = place.replace(/^\./, '') || 'the settings';
  if (issue.code === 'unrecognized_keys')
    return `unknown setting ${issue.keys.slice(0, 5).map(quoted).join(', ')}${issue.keys.length > 5 ? ' and more' : ''}`;
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return `${where} must be ${a(issue.expected)}`;
  return `${where}${issue.message.startsWith(':') ? '' : ' '}${issue.message}`;
}

function a(expected: string): string {
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}
