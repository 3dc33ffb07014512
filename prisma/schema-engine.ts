import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What of the schema engine we call; the rest of its surface is Prisma's own business. */
export interface SchemaEngine {
  /** Ends the engine's connections. */
  close(): Promise<void>;
  diff(params: unknown): Promise<{ stdout: string | null; exitCode: number }>;
  applyMigrations(params: unknown): Promise<{ appliedMigrationNames: string[] }>;
}

/** Node has it, its types do not. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: unknown): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** The adapter cuts a script at every semicolon, functions' bodies too; PostgreSQL takes the script whole. */
class WholeScripts extends PrismaPg {
  readonly opened: { dispose(): Promise<void> }[] = [];

  override async connect() {
    const adapter = await super.connect();
    this.opened.push(adapter);
    adapter.executeScript = async (script: string) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

interface Bindings {
  __wbg_set_wasm(exports: unknown): void;
  SchemaEngine: { new: (options: unknown, log: (line: string) => void, factory: unknown) => Promise<SchemaEngine> };
}

let loaded: Promise<Bindings> | null = null;

/** Once a process: the bindings keep views of the module's memory, and a second module under them would be read through the first's. */
async function load(): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const beside = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(beside.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  const engine = bindings as unknown as Bindings;
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine;
}

/**
 * Prisma's own schema engine as WebAssembly. The engine's usual form is a binary fetched at install time, which a closed network
 * cannot have; this one ships inside its npm package, so migrations stay ordinary Prisma migrations everywhere.
 * @param url database the engine works on
 * @param datamodels `[path, text]` of every schema file
 */
export async function loadSchemaEngine(url: string, datamodels: [string, string][]): Promise<SchemaEngine> {
  const engine = await (loaded ??= load());
  const pool = new WholeScripts({ connectionString: url });
  const made = await engine.SchemaEngine.new(
    { datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(pool),
  );
  return {
    diff: (params) => made.diff(params),
    applyMigrations: (params) => made.applyMigrations(params),
    close: async () => {
      for (const adapter of pool.opened) await adapter.dispose().catch(() => undefined);
    },
  };
}
