import { z } from 'zod';
import { apiOperations, type ApiOperation } from './registry.js';

const error = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The description of the portal's JSON API, OpenAPI 3.1. Its schemas are the ones requests are parsed with. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of apiOperations()) (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return {
    openapi: '3.1.0',
    info: {
      title: 'MASH hub',
      version: '1',
      description: 'Signed in with the session cookie; changes carry the header x-csrf-token.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'mash.sid' } },
      schemas: { Error: schemaOf(error) },
    },
    security: [{ session: [] }],
  };
}

function describe(operation: ApiOperation): object {
  const parameters = [
    ...[...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(operation.query?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: false,
      schema: schemaOf(schema as z.ZodType),
    })),
  ];
  if (operation.method !== 'get')
    parameters.push({ name: 'x-csrf-token', in: 'header', required: true, schema: { type: 'string' } });
  return {
    summary: operation.summary,
    parameters,
    ...(operation.body ? { requestBody: { required: true, content: json(schemaOf(operation.body)) } } : {}),
    responses: {
      200: { description: 'Done', ...(operation.answer ? { content: json(schemaOf(operation.answer)) } : {}) },
      default: { description: 'Refused', content: json({ $ref: '#/components/schemas/Error' }) },
    },
  };
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
