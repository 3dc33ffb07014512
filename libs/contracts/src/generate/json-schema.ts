import { z } from 'zod';
import { wireFormats } from './wire-formats.js';

/** A JSON Schema (2020-12) of what a sender writes: before normalising, so with the shapes that are accepted. */
export function jsonSchemaOf(name: string): Record<string, unknown> {
  const format = wireFormats[name];
  if (!format) throw new Error(`no wire format ${name}`);
  const { $schema, ...schema } = z.toJSONSchema(format.schema, { io: 'input', target: 'draft-2020-12' });
  return { $schema, title: format.title, ...schema };
}
