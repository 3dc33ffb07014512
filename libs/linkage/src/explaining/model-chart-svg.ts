import type { TrainedModel } from '../linking/trained-model.js';
import { chartFields, type ChartField, type ChartRow } from './chart-rows.js';
import { AGAINST, bar, escapeXml, FAINT, FOR, idOf, picture, shortened, textAt, wrapped } from './drawing.js';
import { inBits, inPercent, markOf } from './figures.js';
import { classLines, effectLines, modelInWords, thresholdLines } from './model-in-words.js';

export interface ModelChartOptions {
  /** Said by screen readers and standing over the chart. */
  title?: string;
  /** Makes ids unique when a page holds several pictures. */
  id?: string;
  /** Draws also each level that hardly any match shows. */
  every?: boolean;
}

const WIDTH = 800;
const LEFT = 262;
const RIGHT = 524;
const MIDDLE = (LEFT + RIGHT) / 2;
/** Right edges of the columns of numbers. */
const BITS = 636;
const MATCHES = 716;
const STRANGERS = WIDTH - 4;
const ROW = 21;
const SMALL = 12.5;

/**
 * The model as a picture: what every level of every field weighs, from so many bits against one person to as many for,
 * and beneath it the kinds of pairs and the thresholds. An SVG document without scripts or person data.
 */
export function modelChartSvg(model: TrainedModel, options: ModelChartOptions = {}): string {
  const id = idOf(options.id ?? 'model');
  const title = options.title ?? 'What the model has learned';
  const fields = chartFields(model, options.every);
  const rows = fields.flatMap(({ parts }) => parts.flatMap((part) => part.rows));
  const most = Math.max(5, Math.ceil(Math.max(...rows.flatMap(({ low, high }) => [-low, high])) / 5) * 5);
  const chart: Chart = { id, x: (bits) => MIDDLE + (bits / most) * ((RIGHT - LEFT) / 2), parts: [], y: 0 };
  heading(chart, model, title);
  const top = chart.y;
  axisLabels(chart, most);
  const from = chart.y;
  for (const field of fields) drawField(chart, field);
  const lines = gridLines(chart, most, from, chart.y);
  axisLabels(chart, most);
  legend(chart);
  for (const [name, told] of [
    ['Kinds of pairs', classLines(model)],
    ['What fields say together, beyond what each says alone', effectLines(model)],
    ['From weight to answer', thresholdLines(model)],
  ] as const)
    paragraph(chart, name, told);
  const description = modelInWords(model).join(' ');
  return picture({ id, width: WIDTH, height: chart.y + 6, title, description }, [
    columnHeads(top),
    ...lines,
    ...chart.parts,
  ]);
}

interface Chart {
  id: string;
  x: (bits: number) => number;
  parts: string[];
  /** Where the next thing is drawn. */
  y: number;
}

function heading(chart: Chart, { trainedOn }: TrainedModel, title: string): void {
  chart.parts.push(textAt(6, 26, shortened(title, 70), { bold: true, size: 20 }));
  chart.parts.push(
    textAt(
      6,
      48,
      `Learned from ${trainedOn.rows.toLocaleString('en-GB')} records. To the right: speaks for one person; to the left: for two. One bit doubles the odds, or halves them.`,
      { size: SMALL, fill: FAINT },
    ),
  );
  chart.y = 84;
}

function columnHeads(y: number): string {
  const style = { anchor: 'end', size: SMALL, bold: true } as const;
  return [
    textAt(6, y, 'Field and finding', { size: SMALL, bold: true }),
    textAt(BITS, y, 'Bits', style),
    textAt(MATCHES, y - 15, 'Among', style),
    textAt(MATCHES, y, 'matches', style),
    textAt(STRANGERS, y - 15, 'Among', style),
    textAt(STRANGERS, y, 'strangers', style),
  ].join('');
}

function ticks(most: number): number[] {
  const step = most > 20 ? 10 : 5;
  const count = Math.floor(most / step);
  return Array.from({ length: 2 * count + 1 }, (_, at) => (at - count) * step);
}

function axisLabels(chart: Chart, most: number): void {
  for (const bits of ticks(most)) {
    const label = bits === 0 ? '0' : inBits(bits).replace('.0', '');
    chart.parts.push(textAt(chart.x(bits), chart.y, label, { anchor: 'middle', size: SMALL }));
  }
  chart.y += 8;
}

function gridLines(chart: Chart, most: number, from: number, to: number): string[] {
  chart.y = to + 18;
  return ticks(most).map(
    (bits) =>
      `<line x1="${chart.x(bits).toFixed(1)}" y1="${from}" x2="${chart.x(bits).toFixed(1)}" y2="${to + 4}" stroke="${bits === 0 ? FAINT : '#d6d8d9'}"/>`,
  );
}

function drawField(chart: Chart, { label, source, parts }: ChartField): void {
  chart.y += 24;
  chart.parts.push(
    `<rect x="0" y="${chart.y - 16}" width="${WIDTH}" height="22" fill="#f3f2f1"/>`,
    textAt(6, chart.y, shortened(label, 34), { bold: true }),
    textAt(LEFT, chart.y, shortened(source, 84), { size: SMALL, fill: FAINT }),
  );
  chart.y += 8;
  for (const { heading: name, rows } of parts) {
    if (name !== null) {
      chart.parts.push(textAt(6, chart.y + 14, name, { size: SMALL, fill: FAINT }));
      chart.y += ROW - 2;
    }
    for (const row of rows) drawRow(chart, row);
  }
}

function drawRow(chart: Chart, row: ChartRow): void {
  const lines = wrapped(row.text, 40, 3);
  const height = ROW + (lines.length - 1) * 14;
  const middle = chart.y + height / 2;
  const speaksFor = row.usual >= 0;
  const figures = { anchor: 'end', size: SMALL } as const;
  chart.parts.push(
    [
      `<g><title>${escapeXml(rowInWords(row))}</title>`,
      ...lines.map((line, at) => textAt(14, middle + 4.5 - (lines.length - 1) * 7 + at * 14, line, { size: SMALL })),
      bar(chart.id, chart.x(0), chart.x(row.usual), middle - 6, 12, speaksFor),
      range(chart, row, middle),
      textAt(BITS, middle + 4.5, bitsOf(row), { ...figures, bold: true, fill: speaksFor ? FOR : AGAINST }),
      textAt(MATCHES, middle + 4.5, inPercent(row.m), figures),
      `${textAt(STRANGERS, middle + 4.5, inPercent(row.u), figures)}</g>`,
    ].join(''),
  );
  chart.y += height;
}

/** From the commonest values' weight to the rarest's: a line with an end at either side. */
function range(chart: Chart, { low, high }: ChartRow, y: number): string {
  if (high - low < 0.2) return '';
  const [from, to] = [chart.x(low).toFixed(1), chart.x(high).toFixed(1)];
  const line = (x1: string, x2: string, y1: number, y2: number, wide: number, colour: string): string =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${wide}"/>`;
  return [
    line(from, to, y, y, 5, '#fff'),
    line(from, to, y, y, 2, '#0b0c0c'),
    line(from, from, y - 5, y + 5, 2, '#0b0c0c'),
    line(to, to, y - 5, y + 5, 2, '#0b0c0c'),
  ].join('');
}

function bitsOf({ low, high, usual }: ChartRow): string {
  return high - low < 0.2 ? `${markOf(usual)} ${inBits(usual)}` : `${markOf(usual)} ${inBits(low)} to ${inBits(high)}`;
}

function rowInWords(row: ChartRow): string {
  const learned = Math.abs(row.learned) >= 0.05 ? `, ${inBits(row.learned)} of it learned since` : '';
  const usual = row.high - row.low < 0.2 ? '' : `, usually ${inBits(row.usual)}`;
  return `${row.text}: ${bitsOf(row)} bits${usual}${learned}`;
}

function legend(chart: Chart): void {
  const y = chart.y + 14;
  const sample = (x: number): Chart => ({ ...chart, x: (bits) => x + bits });
  chart.parts.push(
    bar(chart.id, 14, 44, y - 10, 12, true),
    textAt(52, y, 'for one person', { size: SMALL }),
    bar(chart.id, 158, 188, y - 10, 12, false),
    textAt(196, y, 'for two people', { size: SMALL }),
    range(sample(302), { low: 0, high: 40 } as ChartRow, y - 4),
    textAt(350, y, 'from the commonest values (or findings) to the rarest; the bar ends at the usual', { size: SMALL }),
  );
  chart.y = y + 14;
}

function paragraph(chart: Chart, name: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  chart.y += 26;
  chart.parts.push(textAt(6, chart.y, name, { bold: true }));
  for (const line of lines) {
    for (const [at, text] of wrapped(line, 126, 3).entries()) {
      chart.y += at === 0 ? 20 : 16;
      chart.parts.push(textAt(at === 0 ? 14 : 28, chart.y, text, { size: 13 }));
    }
  }
}
