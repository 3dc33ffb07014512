import { FIELDS } from '../people/fields.js';
import { loadModel } from '../people/person-model.js';
import type { FieldEvidence, PairScore } from '../people/score-pair.js';
import { AGAINST, bar, escapeXml, FAINT, FOR, idOf, picture, shortened, textAt, wrapped } from './drawing.js';
import { capitalised, inBits, inPercent, markedBits } from './figures.js';
import { likelihoodInWords } from './likelihood-in-words.js';

export interface WaterfallOptions {
  /** Said by screen readers and as a tooltip; must not name a person. */
  title?: string;
  /** Makes ids unique when a page holds several pictures. */
  id?: string;
  /** Pixels of the drawing at full size; it shrinks with its box. */
  width?: number;
  /** Says over the bars what they come to, and under each name what was found: for a picture that stands alone. */
  words?: boolean;
}

/** What is drawn: evidence may bring the name that stands beside its bar. */
export type DrawnScore = Omit<PairScore, 'fields'> & { fields: (FieldEvidence & { label?: string })[] };

interface Layout {
  /** Pixels for the names, and for the numbers. */
  labels: number;
  values: number;
  words: boolean;
  id: string;
  width: number;
  x: (bits: number) => number;
}

const TOP = 34;
/** With the title and the answer over it. */
const HEADED_TOP = 92;
const LINE = 15;

/**
 * The evidence as a waterfall: a bar per field from where the sum stood to where it then stands, prior first, total
 * last, in bits. An SVG document fragment without scripts, styles from outside or person data.
 */
export function waterfallSvg(score: DrawnScore, options: WaterfallOptions = {}): string {
  const { width = 760, words = false } = options;
  const id = idOf(options.id ?? 'waterfall');
  const total = { field: 'total', level: '', weight: score.weight, text: likelihoodInWords(score) };
  const steps = withStarts([...score.fields, total]);
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const [labels, values] = words ? [Math.round(width * 0.46), 84] : [200, 84];
  const scale = (width - labels - values) / (high - low || 1);
  const layout: Layout = { labels, values, words, id, width, x: (bits) => labels + (bits - low) * scale };
  const top = words ? HEADED_TOP : TOP;
  let y = top;
  const drawn = steps.map((step) => {
    const row = drawStep(step, y, layout);
    y += row.height;
    return row.drawn;
  });
  const title = options.title ?? 'Evidence for and against one person';
  const zero = layout.x(0).toFixed(1);
  const caption = Math.min(Math.max(layout.x(0), 62), width - 62);
  return picture({ id, width, height: y + 10, title, description: describe(score) }, [
    ...(words ? heading(title, score) : []),
    textAt(caption, top - 20, 'even odds (0 bits)', { anchor: 'middle', size: 12 }),
    `<line x1="${zero}" y1="${top - 14}" x2="${zero}" y2="${y + 4}" stroke="${FAINT}" stroke-dasharray="2 3"/>`,
    ...drawn,
  ]);
}

function heading(title: string, score: DrawnScore): string[] {
  const answer = `${capitalised(likelihoodInWords(score))}: ${inBits(score.weight)} bits, a probability of ${inPercent(score.probability)}`;
  return [textAt(6, 24, shortened(title, 72), { bold: true, size: 19 }), textAt(6, 48, answer, { size: 15 })];
}

interface Step {
  evidence: FieldEvidence & { label?: string };
  from: number;
  to: number;
}

function withStarts(evidence: Step['evidence'][]): Step[] {
  let sum = 0;
  return evidence.map((item) => {
    const from = item.field === 'total' ? 0 : sum;
    sum = from + item.weight;
    return { evidence: item, from, to: sum };
  });
}

function drawStep({ evidence, from, to }: Step, y: number, layout: Layout): { drawn: string; height: number } {
  const { labels, words, id, width, x } = layout;
  const speaksFor = evidence.weight >= 0;
  const bold = evidence.field === 'total';
  const fill = speaksFor ? FOR : AGAINST;
  const names = wrapped(labelOf(evidence), words ? 46 : 26, 2);
  const found = words ? wrapped(capitalised(evidence.text), Math.floor(labels / 6), 3) : [];
  const lines = names.length + found.length;
  const height = Math.max(30, lines * LINE + (words ? 12 : 6));
  const middle = words ? y + 2 : y + Math.round((height - 24) / 2);
  const first = words || lines > 1 ? y + 14 : y + 17;
  return {
    height,
    drawn: [
      `<g><title>${escapeXml(evidence.text)}</title>`,
      ...names.map((line, at) =>
        textAt(words ? 6 : labels - 10, first + at * LINE, line, {
          anchor: words ? 'start' : 'end',
          bold: bold || words,
          size: !words && names.length > 1 ? 13 : 14,
        }),
      ),
      ...found.map((line, at) => textAt(6, first + (names.length + at) * LINE + 1, line, { size: 12.5, fill: FAINT })),
      bar(id, x(from), x(to), middle + 1, 18, speaksFor),
      `${textAt(width - 6, middle + 15, markedBits(evidence.weight), { anchor: 'end', bold, fill })}</g>`,
    ].join(''),
  };
}

function describe(score: DrawnScore): string {
  const lines = score.fields.map(
    (evidence) => `${labelOf(evidence)}: ${evidence.text}, ${inBits(evidence.weight)} bits.`,
  );
  return [`Total ${inBits(score.weight)} bits: ${likelihoodInWords(score)}.`, ...lines].join(' ');
}

const LABEL_OF: Record<string, string> = { prior: 'Before comparing', total: 'Total' };
const labels = loadModel().words.fields;
for (const field of FIELDS) LABEL_OF[field] = labels[field].label;

function labelOf({ field, label }: Step['evidence']): string {
  return label ?? LABEL_OF[field] ?? capitalised(field);
}
