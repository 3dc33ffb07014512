import { createRequire } from 'node:module';

/** The faces a document is set in. `embedded` ones hold Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and more. */
export interface Faces {
  regular: string;
  bold: string;
  embedded: boolean;
}

/**
 * DejaVu Sans, an open font (its own free licence) that is embedded in every pack, so that a name prints the same everywhere. Without
 * it the PDF's built-in Helvetica, which knows Latin-1 only; a character it lacks is then drawn as a box and the page says so.
 */
export function faces(): Faces {
  const { resolve } = createRequire(import.meta.url);
  try {
    const file = (name: string) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
    return { regular: file('DejaVuSans'), bold: file('DejaVuSans-Bold'), embedded: true };
  } catch {
    return { regular: 'Helvetica', bold: 'Helvetica-Bold', embedded: false };
  }
}
