import { FIELDS, loadModel } from '../scoring/model.js';
import type { FieldEvidence, PairScore } from '../scoring/score-pair.js';
import { likelihoodInWords } from './likelihood-in-words.js';

export interface WaterfallOptions {
  /** Said by screen readers and as a tooltip; must not name a person. */
  title?: string;
  /** Makes ids unique when a page holds several pictures. */
  id?: string;
  /** Pixels of the drawing at full size; it shrinks with its box. */
  width?: number;
}

const ROW = 30;
const TOP = 34;
const LABELS = 200;
const VALUES = 84;
/** Both at least 4.5:1 on white, and told apart by mark and hatching too, in print and by colour-blind readers. */
const FOR = '#00703c';
const AGAINST = '#b10e1e';
const INK = '#0b0c0c';

/**
 * The evidence as a waterfall: a bar per field from where the sum stood to where it then stands, prior first, total
 * last, in bits. An SVG document fragment without scripts, styles from outside or person data.
 */
export function waterfallSvg(score: PairScore, options: WaterfallOptions = {}): string {
  const width = options.width ?? 760;
  const id = (options.id ?? 'waterfall').replace(/[^A-Za-z0-9_-]/g, '');
  const total = { field: 'total', level: '', weight: score.weight, text: likelihoodInWords(score) };
  const steps = withStarts([...score.fields, total]);
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const scale = (width - LABELS - VALUES) / (high - low || 1);
  const x = (bits: number): number => LABELS + (bits - low) * scale;
  const height = TOP + steps.length * ROW + 10;
  const zero = x(0).toFixed(1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="100%" style="max-width:${width}px" font-family="Arial, Helvetica, sans-serif" font-size="14" fill="${INK}">`,
    `<title id="${id}-title">${escape(options.title ?? 'Evidence for and against one person')}</title>`,
    `<desc id="${id}-desc">${escape(describe(score))}</desc>`,
    `<defs><pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="${AGAINST}"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${zero}" y="14" text-anchor="middle" font-size="12">even odds (0 bits)</text>`,
    `<line x1="${zero}" y1="20" x2="${zero}" y2="${height - 6}" stroke="#505a5f" stroke-dasharray="2 3"/>`,
    ...steps.map((step, at) => drawStep(step, TOP + at * ROW, x, id, width)),
    '</svg>',
  ].join('\n');
}

interface Step {
  evidence: FieldEvidence;
  from: number;
  to: number;
}

function withStarts(evidence: FieldEvidence[]): Step[] {
  let sum = 0;
  return evidence.map((item) => {
    const from = item.field === 'total' ? 0 : sum;
    sum = from + item.weight;
    return { evidence: item, from, to: sum };
  });
}

function drawStep(
  { evidence, from, to }: Step,
  y: number,
  x: (bits: number) => number,
  id: string,
  width: number,
): string {
  const positive = evidence.weight >= 0;
  const left = Math.min(x(from), x(to)).toFixed(1);
  const length = Math.max(Math.abs(x(to) - x(from)), 1.5).toFixed(1);
  const bold = evidence.field === 'total' ? ' font-weight="bold"' : '';
  return [
    `<g><title>${escape(evidence.text)}</title>`,
    `<text x="${LABELS - 10}" y="${y + 17}" text-anchor="end"${bold}>${escape(labelOf(evidence.field))}</text>`,
    `<rect x="${left}" y="${y + 3}" width="${length}" height="18" fill="${positive ? FOR : `url(#${id}-hatch)`}" stroke="${positive ? FOR : AGAINST}"/>`,
    `<text x="${width - 6}" y="${y + 17}" text-anchor="end" fill="${positive ? FOR : AGAINST}"${bold}>${positive ? '▲' : '▼'} ${inBits(evidence.weight)}</text></g>`,
  ].join('');
}

function describe(score: PairScore): string {
  const lines = score.fields.map(({ field, weight, text }) => `${labelOf(field)}: ${text}, ${inBits(weight)} bits.`);
  return [`Total ${inBits(score.weight)} bits: ${likelihoodInWords(score)}.`, ...lines].join(' ');
}

const LABEL_OF: Record<string, string> = { prior: 'Before comparing', total: 'Total' };
const labels = loadModel().fields;
for (const field of FIELDS) LABEL_OF[field] = labels[field].label;

function labelOf(field: string): string {
  return LABEL_OF[field] ?? field.charAt(0).toUpperCase() + field.slice(1);
}

/** A true minus sign, one decimal. */
function inBits(weight: number): string {
  const size = Math.abs(weight).toFixed(1);
  return size === '0.0' ? '0.0' : `${weight < 0 ? '−' : '+'}${size}`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
