import type { z } from 'zod';

/** One JSON operation as `/api/openapi.json` describes it. Declared beside its handler, with the schemas the handler uses. */
export interface ApiOperation {
  method: 'get' | 'post' | 'put' | 'delete';
  /** `/api/matches/{id}` */
  path: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  answer?: z.ZodType;
}

const operations: ApiOperation[] = [];

/** Adds an operation to the description. Called once, when the controller's file is read. */
export function describeApi(operation: ApiOperation): void {
  operations.push(operation);
}

/** Every operation described so far, by path and method. */
export function apiOperations(): readonly ApiOperation[] {
  return [...operations].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}
