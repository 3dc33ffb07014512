import { HubError } from '#contracts';

/**
 * Asks the audit service for proofs. Proofs hold hashes only.
 * @param auditUrl base address of the audit service
 */
export class SealedProofs {
  constructor(private readonly auditUrl: string) {}

  /** The proof of an entry by its id: `{index, proof}` (tlog-proof text), or null while it is not sealed yet. @throws HubError `audit_unavailable` */
  async of(auditId: string): Promise<{ index: number; proof: string; entry: string } | null> {
    const response = await fetch(new URL(`/proof/${auditId}`, this.auditUrl), {
      signal: AbortSignal.timeout(10_000),
    }).catch((cause: unknown) => {
      throw new HubError('audit_unavailable', 'The audit service does not answer.', { cause });
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new HubError('audit_unavailable', `The audit service answered ${response.status}.`);
    return (await response.json()) as { index: number; proof: string; entry: string };
  }

  /** Waits until the entry is sealed. @throws HubError `audit_unavailable` when it is not within `timeoutMs` */
  async wait(auditId: string, timeoutMs = 15_000): Promise<{ index: number; proof: string; entry: string }> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const proof = await this.of(auditId);
      if (proof) return proof;
      if (Date.now() > until)
        throw new HubError('audit_unavailable', 'The audit has not sealed the entry; nothing was sent.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
