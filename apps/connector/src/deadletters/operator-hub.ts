import { HubError } from '#contracts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Services that take messages, in the order people name them. */
export const SERVICES = ['ingest', 'matching', 'portal', 'disclosure'] as const;
export type Service = (typeof SERVICES)[number];

/** Why a message is given up. Words of the hub's own: what is written here stays in the audit for ever. */
export const DROP_REASONS = ['unreadable', 'sent-again', 'superseded', 'not-ours', 'test'] as const;

const letterSchema = z.object({
  id: z.string(),
  service: z.string(),
  topic: z.string(),
  partition: z.number(),
  offset: z.string(),
  key: z.string().nullable(),
  reason: z.string(),
  attempts: z.number(),
  state: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  size: z.number(),
  kept: z.boolean(),
  digest: z.string(),
  event: z.record(z.string(), z.unknown()).optional(),
});
export type Letter = z.infer<typeof letterSchema>;
const retriedSchema = z.object({ outcome: z.enum(['handled', 'sent-again', 'failed']), reason: z.string().optional() });
export type Retried = z.infer<typeof retriedSchema>;

const fileSchemas = {
  hub: z.object({ services: z.record(z.string(), z.object({ health: z.string().optional() })) }),
  secrets: z.object({ operator: z.string() }),
};

/** The hub on this machine, as its operator: who may read the state folder's secrets. */
export class OperatorHub {
  private constructor(
    private readonly addresses: ReadonlyMap<Service, string>,
    private readonly token: string,
    private readonly by: string,
  ) {}

  /** @param state the hub's state folder @param by who acts, as the audit names them @throws HubError `usage` where no hub runs */
  static async in(state: string, by: string): Promise<OperatorHub> {
    try {
      const hub = fileSchemas.hub.parse(JSON.parse(await readFile(join(state, 'hub.json'), 'utf8')));
      const secrets = fileSchemas.secrets.parse(JSON.parse(await readFile(join(state, 'secrets.json'), 'utf8')));
      const found = SERVICES.flatMap((name): [Service, string][] => {
        const { health } = hub.services[name] ?? {};
        return health ? [[name, health]] : [];
      });
      return new OperatorHub(new Map(found), secrets.operator, by);
    } catch (cause) {
      const todo = 'Start one with "npm start -- --embedded", or set HUB_STATE to its folder.';
      throw new HubError('usage', `No running hub in ${state}. ${todo}`, { cause });
    }
  }

  /** Oldest first. @param all the dealt-with too @param only one service's; default every one's */
  async list(all: boolean, only?: Service): Promise<Letter[]> {
    const lists = await Promise.all(
      this.asked(only).map((service) =>
        this.ask(service, `?all=${all ? 1 : 0}`, 'GET', z.object({ letters: z.array(letterSchema) })),
      ),
    );
    return lists.flatMap(({ letters }) => letters).sort((a, b) => a.firstAt.localeCompare(b.firstAt));
  }

  /** @throws HubError `not_found` where no service that was asked has it */
  async show(id: string, only?: Service): Promise<Letter> {
    for (const service of this.asked(only)) {
      const found = await this.ask(service, `/${encodeURIComponent(id)}`, 'GET', letterSchema).catch(
        (error: unknown) => {
          if ((error as { code?: string }).code === 'not_found') return null;
          throw error;
        },
      );
      if (found) return found;
    }
    throw new HubError('not_found', `There is no dead letter ${id}. "mash deadletter list" shows those there are.`);
  }

  async retry({ id, service }: Letter): Promise<Retried> {
    return this.ask(service as Service, `/${id}/retry?${this.asBy()}`, 'POST', retriedSchema);
  }

  async drop({ id, service }: Letter, reason: string): Promise<void> {
    await this.ask(
      service as Service,
      `/${id}/drop?reason=${encodeURIComponent(reason)}&${this.asBy()}`,
      'POST',
      z.unknown(),
    );
  }

  private asBy(): string {
    return `by=${encodeURIComponent(this.by)}`;
  }

  private asked(only: Service | undefined): Service[] {
    return only ? [only] : [...this.addresses.keys()];
  }

  private async ask<T>(service: Service, path: string, method: string, schema: z.ZodType<T>): Promise<T> {
    const address = this.addresses.get(service);
    if (!address) throw new HubError('usage', `The service ${service} does not run in this hub.`);
    const headers = { authorization: `Bearer ${this.token}` };
    const response = await fetch(new URL(`/operator/dead-letters${path}`, address), { method, headers });
    const body: unknown = await response.json().catch(() => ({}));
    if (response.ok) return schema.parse(body);
    const { error } = body as { error?: { code?: string; message?: string } };
    const message = error?.message ?? `${service} answered ${response.status}.`;
    throw new HubError(error?.code ?? 'internal', message, { status: response.status });
  }
}
