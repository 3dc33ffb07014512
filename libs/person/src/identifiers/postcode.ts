import { bad, good, type Parsed } from '../parsed.js';

/** For "NG17 1AA": outward and district NG17, inward 1AA, sector "NG17 1", area NG. */
export interface Postcode {
  full: string;
  outward: string;
  inward: string;
  sector: string;
  district: string;
  area: string;
}

const CODE = 'invalid_postcode';
// Source: Royal Mail PAF Programmers' Guide, "Postcode format"; BS 7666. Not every letter is used in every place.
const OUTWARD = [
  /^[A-PR-UWYZ]\d{1,2}$/, // A9, A99
  /^[A-PR-UWYZ][A-HK-Y]\d{1,2}$/, // AA9, AA99
  /^[A-PR-UWYZ]\d[ABCDEFGHJKPSTUW]$/, // A9A
  /^[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]$/, // AA9A
];
const INWARD = /^\d[ABD-HJLNP-UW-Z]{2}$/;

function outwardIsPossible(outward: string): boolean {
  return outward === 'GIR' || OUTWARD.some((shape) => shape.test(outward));
}

export const Postcode = {
  /** Lower case, missing or extra spaces are allowed. Says whether it can be a postcode, not whether it is in use. */
  parse(text: unknown): Parsed<Postcode> {
    if (typeof text !== 'string') return bad(CODE, 'Postcode must be text');
    const compact = text.replace(/\s+/g, '').toUpperCase();
    if (text.length > 20 || !/^[A-Z0-9]{5,7}$/.test(compact)) {
      return bad(CODE, 'Postcode must be 5 to 7 letters and numbers, like AB1 2CD');
    }
    const outward = compact.slice(0, -3);
    const inward = compact.slice(-3);
    if (!INWARD.test(inward)) return bad(CODE, 'Postcode must end in a number and two letters, like 2CD');
    if (!outwardIsPossible(outward))
      return bad(CODE, 'Postcode must start like one of A1, A12, AB1, AB12, A1C or AB1C');
    if (outward === 'GIR' && inward !== '0AA') return bad(CODE, 'Postcode is not one that exists');
    return good({
      full: `${outward} ${inward}`,
      outward,
      inward,
      sector: `${outward} ${inward[0]}`,
      district: outward,
      area: /^[A-Z]+/.exec(outward)![0].slice(0, outward === 'GIR' ? 3 : 2),
    });
  },
};
