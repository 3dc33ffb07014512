import { asyncApi } from './asyncapi.js';
import { jsonSchemaOf } from './json-schema.js';
import { wireFormats } from './wire-formats.js';

/** Every generated document by its path under docs/contracts, as file text: the same bytes every time for the same sources. */
export function generateContracts(): Record<string, string> {
  const documents: Record<string, string> = {};
  for (const name of Object.keys(wireFormats)) documents[`${name}.schema.json`] = fileText(jsonSchemaOf(name));
  documents['asyncapi.json'] = fileText(asyncApi());
  return documents;
}

function fileText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
