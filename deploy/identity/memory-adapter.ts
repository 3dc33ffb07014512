import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Everything the provider keeps, gone when it ends. */
const kept = new Map<string, { payload: AdapterPayload; until: number }>();
const ids = new Map<string, string>();
const grants = new Map<string, Set<string>>();

/** oidc-provider's storage port over a map. Small on purpose: a demonstration has a handful of sign-ins. */
export class MemoryAdapter implements Adapter {
  constructor(private readonly model: string) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const key = this.key(id);
    kept.set(key, { payload, until: Date.now() + (expiresIn || 3600) * 1000 });
    if (payload.uid) ids.set(`${this.model}:uid:${payload.uid}`, id);
    if (payload.grantId) grants.set(payload.grantId, (grants.get(payload.grantId) ?? new Set()).add(key));
    for (const [old, { until }] of kept) if (until < Date.now()) kept.delete(old);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = kept.get(this.key(id));
    return found && found.until > Date.now() ? found.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const id = ids.get(`${this.model}:uid:${uid}`);
    return id ? this.find(id) : undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const found = kept.get(this.key(id));
    if (found) found.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    kept.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const key of grants.get(grantId) ?? []) kept.delete(key);
    grants.delete(grantId);
  }

  private key(id: string): string {
    return `${this.model}:${id}`;
  }
}
